// Get-, New-, Set-, Remove-, Copy-, Move- and Rename-Item, and Get-ChildItem.
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Item", DefaultParameterSetName = "Path")]
public sealed class GetItemCommand : PathCommand
{
    private protected override void Process(string path) =>
        WriteObject(InvokeProvider.Item.Get([path], Force, IsLiteral), enumerateCollection: true);
}

[Cmdlet(VerbsCommon.Get, "ChildItem", DefaultParameterSetName = "Path")]
public sealed class GetChildItemCommand : PathCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public override string[] Path { get; set; } = ["."];

    [Parameter(Position = 1)]
    public string? Filter { get; set; }

    [Parameter]
    public string[] Include { get; set; } = [];

    [Parameter]
    public string[] Exclude { get; set; } = [];

    [Parameter]
    [Alias("s", "r")]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter File { get; set; }

    [Parameter]
    [Alias("ad")]
    public SwitchParameter Directory { get; set; }

    [Parameter]
    public SwitchParameter Name { get; set; }

    private protected override void Process(string path)
    {
        foreach (var item in InvokeProvider.ChildItem.Get([path], Recurse, Force, IsLiteral).Where(IsWanted))
        {
            WriteObject(Name ? NameOf(item) : item);
        }
    }

    private bool IsWanted(PSObject item)
    {
        var isContainer = item.Properties["PSIsContainer"]?.Value is true;
        return (!File || !isContainer)
            && (!Directory || isContainer)
            && (Filter == null || IsLike(item, Filter))
            && (Include.Length == 0 || Include.Any(pattern => IsLike(item, pattern)))
            && !Exclude.Any(pattern => IsLike(item, pattern));
    }

    private static bool IsLike(PSObject item, string pattern) =>
        WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(NameOf(item));

    private static string NameOf(PSObject item) =>
        (item.Properties["PSChildName"] ?? item.Properties["Name"])?.Value?.ToString() ?? string.Empty;
}

[Cmdlet(VerbsCommon.New, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class NewItemCommand : ProviderCommand
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = ["."];

    [Parameter]
    [AllowEmptyString]
    public string? Name { get; set; }

    [Parameter]
    [Alias("Type")]
    public string? ItemType { get; set; }

    [Parameter(ValueFromPipeline = true)]
    [Alias("Target")]
    public object? Value { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Guard(path, () => WriteObject(
                InvokeProvider.Item.New([path], Name, ItemType, Value, Force), enumerateCollection: true));
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class SetItemCommand : PathCommand
{
    [Parameter(Position = 1)]
    public object? Value { get; set; }

    private protected override void Process(string path) => InvokeProvider.Item.Set([path], Value, Force, IsLiteral);
}

[Cmdlet(VerbsCommon.Remove, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RemoveItemCommand : PathCommand
{
    private bool yesToAll;
    private bool noToAll;

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    private protected override void Process(string path)
    {
        foreach (var found in SessionState.Path.GetResolvedPSPathFromPSPath(IsLiteral ? WildcardPattern.Escape(path) : path))
        {
            if (Recurse || !HasChildren(found) || MayRemoveChildren(found))
            {
                InvokeProvider.Item.Remove([found.Path], recurse: true, Force, literalPath: true);
            }
        }
    }

    private bool HasChildren(PathInfo found) => InvokeProvider.ChildItem.HasChild(found.Path, Force, literalPath: true);

    private bool MayRemoveChildren(PathInfo found) => ShouldContinue(
        $"The item at {found.Path} has children and the Recurse parameter was not specified. "
        + "If you continue, all children will be removed with the item. Are you sure you want to continue?",
        "Confirm",
        ref yesToAll,
        ref noToAll);
}

[Cmdlet(VerbsCommon.Copy, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class CopyItemCommand : PathCommand
{
    [Parameter(Position = 1)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter Recurse { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(string path)
    {
        var copies = InvokeProvider.Item.Copy(
            [path], Destination, Recurse, CopyContainers.CopyTargetContainer, Force, IsLiteral);
        if (PassThru)
        {
            WriteObject(copies, enumerateCollection: true);
        }
    }
}

[Cmdlet(VerbsCommon.Move, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class MoveItemCommand : PathCommand
{
    [Parameter(Position = 1)]
    public string Destination { get; set; } = ".";

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process(string path)
    {
        var moved = InvokeProvider.Item.Move([path], Destination, Force, IsLiteral);
        if (PassThru)
        {
            WriteObject(moved, enumerateCollection: true);
        }
    }
}

[Cmdlet(VerbsCommon.Rename, "Item", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class RenameItemCommand : PathCommand
{
    [Parameter(Position = 1, Mandatory = true)]
    public string NewName { get; set; } = string.Empty;

    private protected override void Process(string path) =>
        InvokeProvider.Item.Rename(IsLiteral ? WildcardPattern.Escape(path) : path, NewName, Force);
}
