// Test-Path, Join-Path, Split-Path, Resolve-Path, Convert-Path, Get-, Set-, Push- and Pop-Location.
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

public enum TestPathType
{
    Any,
    Container,
    Leaf,
}

[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
public sealed class TestPathCommand : ProviderCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string?[]? Path { get; set; }

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string?[]? LiteralPath { get; set; }

    [Parameter]
    [Alias("Type")]
    public TestPathType PathType { get; set; }

    [Parameter]
    public SwitchParameter IsValid { get; set; }

    protected override void ProcessRecord()
    {
        var paths = ParameterSetName == "LiteralPath" ? LiteralPath : Path;
        if (paths == null || paths.Length == 0 || paths.Contains(null))
        {
            WriteError(new ErrorRecord(
                new ArgumentNullException(ParameterSetName, "The provided Path argument was null or an empty collection."),
                "NullPathNotPermitted",
                ErrorCategory.InvalidArgument,
                paths));
            return;
        }

        foreach (var path in paths)
        {
            WriteObject(!string.IsNullOrWhiteSpace(path) && Exists(path));
        }
    }

    private bool Exists(string path)
    {
        try
        {
            return IsValid ? SessionState.Path.IsValid(path) : IsOfType(path, ParameterSetName == "LiteralPath");
        }
        catch (Exception error) when (error is System.Management.Automation.DriveNotFoundException or ProviderInvocationException or ItemNotFoundException)
        {
            return false;
        }
    }

    private bool IsOfType(string path, bool literal)
    {
        if (!InvokeProvider.Item.Exists(path, force: false, literalPath: literal))
        {
            return false;
        }

        return PathType == TestPathType.Any || IsContainer(path, literal) == (PathType == TestPathType.Container);
    }

    private bool IsContainer(string path, bool literal) =>
        InvokeProvider.Item.IsContainer(literal ? WildcardPattern.Escape(path) : path);
}

[Cmdlet(VerbsCommon.Join, "Path")]
public sealed class JoinPathCommand : ProviderCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] ChildPath { get; set; } = [];

    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] AdditionalChildPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Resolve { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Guard(path, () => Write(ChildPath.Concat(AdditionalChildPath).Aggregate(path, SessionState.Path.Combine)));
        }
    }

    private void Write(string joined)
    {
        if (Resolve)
        {
            WriteObject(SessionState.Path.GetResolvedPSPathFromPSPath(joined).Select(path => path.Path), enumerateCollection: true);
        }
        else
        {
            WriteObject(joined);
        }
    }
}

[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "ParentSet")]
public sealed class SplitPathCommand : ProviderCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "ParentSet")]
    public SwitchParameter Parent { get; set; }

    [Parameter(ParameterSetName = "LeafSet", Mandatory = true)]
    public SwitchParameter Leaf { get; set; }

    [Parameter(ParameterSetName = "LeafBaseSet", Mandatory = true)]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(ParameterSetName = "ExtensionSet", Mandatory = true)]
    public SwitchParameter Extension { get; set; }

    [Parameter(ParameterSetName = "QualifierSet", Mandatory = true)]
    public SwitchParameter Qualifier { get; set; }

    [Parameter(ParameterSetName = "NoQualifierSet", Mandatory = true)]
    public SwitchParameter NoQualifier { get; set; }

    [Parameter(ParameterSetName = "IsAbsoluteSet", Mandatory = true)]
    public SwitchParameter IsAbsolute { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var path in Path)
        {
            Guard(path, () => WriteObject(PartOf(path)));
        }
    }

    private object PartOf(string path) => ParameterSetName switch
    {
        "LeafSet" => LeafOf(path),
        "LeafBaseSet" => System.IO.Path.GetFileNameWithoutExtension(LeafOf(path)),
        "ExtensionSet" => System.IO.Path.GetExtension(LeafOf(path)),
        "QualifierSet" => path[..(path.IndexOf(':') + 1)],
        "NoQualifierSet" => path[(path.IndexOf(':') + 1)..],
        "IsAbsoluteSet" => SessionState.Path.IsPSAbsolute(path, out _),
        _ => SessionState.Path.ParseParent(path, string.Empty),
    };

    private string LeafOf(string path) => SessionState.Path.ParseChildName(path);
}

[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
public sealed class ResolvePathCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Relative { get; set; }

    private protected override void Process(string path)
    {
        var pattern = IsLiteral ? WildcardPattern.Escape(path) : path;
        foreach (var resolved in SessionState.Path.GetResolvedPSPathFromPSPath(pattern))
        {
            WriteObject(Relative ? RelativeTo(resolved) : resolved);
        }
    }

    private string RelativeTo(PathInfo resolved)
    {
        var relative = System.IO.Path.GetRelativePath(SessionState.Path.CurrentLocation.ProviderPath, resolved.ProviderPath);
        return relative.StartsWith('.') ? relative : System.IO.Path.Combine(".", relative);
    }
}

[Cmdlet(VerbsData.Convert, "Path", DefaultParameterSetName = "Path")]
public sealed class ConvertPathCommand : PathCommand
{
    private protected override void Process(string path) =>
        WriteObject(GetResolvedProviderPathFromPSPath(IsLiteral ? WildcardPattern.Escape(path) : path, out _), enumerateCollection: true);
}

[Cmdlet(VerbsCommon.Get, "Location")]
public sealed class GetLocationCommand : PSCmdlet
{
    protected override void ProcessRecord() => WriteObject(SessionState.Path.CurrentLocation);
}

[Cmdlet(VerbsCommon.Set, "Location", DefaultParameterSetName = "Path")]
public sealed class SetLocationCommand : ProviderCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public string Path { get; set; } = "~";

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string LiteralPath { get; set; } = string.Empty;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        var path = ParameterSetName == "LiteralPath" ? WildcardPattern.Escape(LiteralPath) : Path;
        Guard(path, () => Move(path));
    }

    private void Move(string path)
    {
        var location = SessionState.Path.SetLocation(path);
        if (PassThru)
        {
            WriteObject(location);
        }
    }
}

[Cmdlet(VerbsCommon.Push, "Location")]
public sealed class PushLocationCommand : ProviderCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string? Path { get; set; }

    protected override void ProcessRecord() => Guard(Path ?? string.Empty, () =>
    {
        SessionState.Path.PushCurrentLocation(stackName: null);
        if (Path != null)
        {
            SessionState.Path.SetLocation(Path);
        }
    });
}

[Cmdlet(VerbsCommon.Pop, "Location")]
public sealed class PopLocationCommand : ProviderCommand
{
    protected override void ProcessRecord() => Guard(string.Empty, () => SessionState.Path.PopLocation(stackName: null));
}
