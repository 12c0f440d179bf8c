// What a script sees as $Host, and how it asks the process to end.
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace PowerShellHost;

internal sealed class ConsoleHost(bool nonInteractive) : PSHost
{
    private readonly ConsoleUserInterface userInterface = new(nonInteractive);

    /// <summary>Set by `exit`.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>pwsh's own name, since scripts compare it.</summary>
    public override string Name => "ConsoleHost";

    public override Version Version { get; } = PSVersionInfo.PSVersion;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override PSHostUserInterface UI => userInterface;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("This host has no interactive prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("This host has no interactive prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
