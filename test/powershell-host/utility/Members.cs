// Add-Member and Get-Member.
using System.Collections;
using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "TypeNameSet")]
public sealed class AddMemberCommand : PSCmdlet
{
    private const string Single = "NotePropertySingleMemberSet";
    private const string Several = "NotePropertyMultiMemberSet";

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    [Parameter(ParameterSetName = "MemberSet", Mandatory = true, Position = 0)]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; }

    [Parameter(ParameterSetName = "MemberSet", Mandatory = true, Position = 1)]
    public string Name { get; set; } = string.Empty;

    [Parameter(ParameterSetName = "MemberSet", Position = 2)]
    public object? Value { get; set; }

    [Parameter(ParameterSetName = "MemberSet", Position = 3)]
    public object? SecondValue { get; set; }

    [Parameter(ParameterSetName = Single, Mandatory = true, Position = 0)]
    [NoMemberType]
    public string NotePropertyName { get; set; } = string.Empty;

    [Parameter(ParameterSetName = Single, Mandatory = true, Position = 1)]
    [AllowNull]
    public object? NotePropertyValue { get; set; }

    [Parameter(ParameterSetName = Several, Mandatory = true, Position = 0)]
    public IDictionary NotePropertyMembers { get; set; } = null!;

    [Parameter(ParameterSetName = "TypeNameSet", Mandatory = true)]
    [Parameter(ParameterSetName = "MemberSet")]
    [Parameter(ParameterSetName = Single)]
    [Parameter(ParameterSetName = Several)]
    public string? TypeName { get; set; }

    [Parameter(ParameterSetName = "MemberSet")]
    [Parameter(ParameterSetName = Single)]
    [Parameter(ParameterSetName = Several)]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var member in NewMembers())
        {
            Add(member);
        }

        if (!string.IsNullOrEmpty(TypeName))
        {
            InputObject.TypeNames.Insert(0, TypeName);
        }

        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }

    private IEnumerable<PSMemberInfo> NewMembers() => ParameterSetName switch
    {
        Single => [new PSNoteProperty(NotePropertyName, NotePropertyValue)],
        Several => NotePropertyMembers.Cast<DictionaryEntry>()
            .Select(entry => new PSNoteProperty(LanguagePrimitives.ConvertTo<string>(entry.Key), entry.Value)),
        "MemberSet" => [NewMember()],
        _ => [],
    };

    private PSMemberInfo NewMember() => MemberType switch
    {
        PSMemberTypes.NoteProperty => new PSNoteProperty(Name, Value),
        PSMemberTypes.ScriptProperty => new PSScriptProperty(Name, Script(Value), SecondValue == null ? null : Script(SecondValue)),
        PSMemberTypes.ScriptMethod => new PSScriptMethod(Name, Script(Value)),
        PSMemberTypes.AliasProperty => new PSAliasProperty(Name, LanguagePrimitives.ConvertTo<string>(Value)),
        _ => throw new PSArgumentException($"This host adds no member of type {MemberType}."),
    };

    private static ScriptBlock Script(object? value) => LanguagePrimitives.ConvertTo<ScriptBlock>(value);

    private void Add(PSMemberInfo member)
    {
        var existing = InputObject.Members[member.Name];
        if (existing != null && !Force)
        {
            WriteError(new ErrorRecord(
                new InvalidOperationException(
                    $"Cannot add a member with the name \"{member.Name}\" because a member with that name already exists. "
                    + "To overwrite the member anyway, add the Force parameter to your command."),
                "MemberAlreadyExists",
                ErrorCategory.InvalidOperation,
                InputObject));
            return;
        }

        if (existing is { IsInstance: true })
        {
            InputObject.Members.Remove(member.Name);
        }

        InputObject.Members.Add(member);
    }
}

/// <summary>In `Add-Member NoteProperty Name Value` the first word is the member's type, not the name of a property.</summary>
internal sealed class NoMemberTypeAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is string name && Enum.TryParse<PSMemberTypes>(name, ignoreCase: true, out _))
        {
            throw Swallowed($"'{name}' is the type of a member.", swallowException: true);
        }
    }

    /// <summary>The binder takes it for "not this parameter" and goes on to -MemberType.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern ValidationMetadataException Swallowed(string message, bool swallowException);
}

/// <summary>One line of Get-Member's answer.</summary>
public sealed record MemberDefinition(string TypeName, string Name, PSMemberTypes MemberType, string Definition);

[Cmdlet(VerbsCommon.Get, "Member")]
public sealed class GetMemberCommand : PSCmdlet
{
    private readonly HashSet<string> seenTypes = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    [Alias("Type")]
    public PSMemberTypes MemberType { get; set; } = PSMemberTypes.All;

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject == null || !seenTypes.Add(InputObject.TypeNames.FirstOrDefault() ?? string.Empty))
        {
            return;
        }

        var names = Name.Select(name => WildcardPattern.Get(name, WildcardOptions.IgnoreCase)).ToList();
        var members = InputObject.Members
            .Where(member => (member.MemberType & MemberType) != 0 && names.Any(name => name.IsMatch(member.Name)))
            .Where(member => Force || !IsAccessor(member))
            .OrderBy(member => member.MemberType)
            .ThenBy(member => member.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var member in members)
        {
            WriteObject(new MemberDefinition(InputObject.TypeNames[0], member.Name, member.MemberType, member.ToString()!));
        }
    }

    private static bool IsAccessor(PSMemberInfo member) =>
        member is PSMethodInfo && (member.Name.StartsWith("get_", StringComparison.Ordinal) || member.Name.StartsWith("set_", StringComparison.Ordinal));
}
