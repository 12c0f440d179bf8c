// Get-, Set-, New-, Remove- and Clear-Variable.
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

public abstract class VariableCommand : PSCmdlet
{
    [Parameter]
    public string? Scope { get; set; }

    private protected PSVariable? Find(string name) =>
        Scope == null ? SessionState.PSVariable.Get(name) : Internals.GetAtScope(SessionState.PSVariable, name, Scope);

    /// <summary>Variables by wildcard are those the caller sees, whatever the scope.</summary>
    private protected IEnumerable<PSVariable> Matching(string pattern)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(pattern))
        {
            return Find(pattern) is { } found ? [found] : [];
        }

        var wildcard = WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase);
        return InvokeProvider.ChildItem.Get("Variable:", recurse: false)
            .Select(item => item.BaseObject)
            .OfType<PSVariable>()
            .Where(variable => wildcard.IsMatch(variable.Name));
    }

    private protected void WriteNotFound(string name) => WriteError(new ErrorRecord(
        new ItemNotFoundException($"Cannot find a variable with the name '{name}'."),
        "VariableNotFound",
        ErrorCategory.ObjectNotFound,
        name));
}

[Cmdlet(VerbsCommon.Get, "Variable")]
public sealed class GetVariableCommand : VariableCommand
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public string[] Name { get; set; } = ["*"];

    [Parameter]
    public SwitchParameter ValueOnly { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var found = Matching(name).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                WriteNotFound(name);
            }

            found.ForEach(variable => WriteObject(ValueOnly ? variable.Value : variable));
        }
    }
}

[Cmdlet(VerbsCommon.Set, "Variable", SupportsShouldProcess = true)]
public sealed class SetVariableCommand : VariableCommand
{
    private readonly List<object?> values = [];

    [Parameter(Position = 0, Mandatory = true)]
    public string[] Name { get; set; } = [];

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Value { get; set; }

    [Parameter]
    public ScopedItemOptions? Option { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => values.Add(Value);

    protected override void EndProcessing()
    {
        var value = values.Count == 1 ? values[0] : values.ToArray();
        foreach (var name in Name.Where(name => ShouldProcess("Name: " + name, "Set variable")))
        {
            var variable = VariableWriter.Set(this, name, value, Option ?? ScopedItemOptions.None, Force);
            if (PassThru)
            {
                WriteObject(variable);
            }
        }
    }
}

[Cmdlet(VerbsCommon.New, "Variable", SupportsShouldProcess = true)]
public sealed class NewVariableCommand : VariableCommand
{
    [Parameter(Position = 0, Mandatory = true)]
    public string Name { get; set; } = string.Empty;

    [Parameter(Position = 1, ValueFromPipeline = true)]
    public object? Value { get; set; }

    [Parameter]
    public ScopedItemOptions Option { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (!ShouldProcess("Name: " + Name, "New variable"))
        {
            return;
        }

        if (!Force && Internals.GetAtScope(SessionState.PSVariable, Name, Scope ?? "local") != null)
        {
            WriteError(new ErrorRecord(
                new SessionStateException($"A variable with name '{Name}' already exists."),
                "VariableAlreadyExists",
                ErrorCategory.ResourceExists,
                Name));
            return;
        }

        var variable = VariableWriter.Set(this, Name, Value, Option, Force);
        if (PassThru)
        {
            WriteObject(variable);
        }
    }
}

[Cmdlet(VerbsCommon.Remove, "Variable", SupportsShouldProcess = true)]
public sealed class RemoveVariableCommand : VariableCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var name in Name)
        {
            var found = Matching(name).ToList();
            if (found.Count == 0)
            {
                WriteNotFound(name);
            }

            foreach (var variable in found.Where(variable => ShouldProcess("Name: " + variable.Name, "Remove variable")))
            {
                Internals.RemoveAtScope(SessionState.PSVariable, variable.Name, Scope ?? "local");
            }
        }
    }
}

[Cmdlet(VerbsCommon.Clear, "Variable", SupportsShouldProcess = true)]
public sealed class ClearVariableCommand : VariableCommand
{
    [Parameter(Position = 0, Mandatory = true)]
    public string[] Name { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (var variable in Name.SelectMany(Matching).Where(variable => ShouldProcess("Name: " + variable.Name, "Clear variable")))
        {
            variable.Value = null;
        }
    }
}

internal static class VariableWriter
{
    /// <summary>Without a scope the variable is the caller's own, as after a plain assignment.</summary>
    public static PSVariable Set(VariableCommand command, string name, object? value, ScopedItemOptions options, bool force)
    {
        var scope = command.Scope ?? "local";
        var existing = Internals.GetAtScope(command.SessionState.PSVariable, name, scope);
        if (existing != null && (!force || existing.Options == options))
        {
            existing.Value = value;
            return existing;
        }

        var variable = new PSVariable(name, value, options);
        Internals.NewAtScope(command.SessionState, variable, scope, force);
        return variable;
    }
}
