// Where the streams go: everything to standard output, errors to standard error; prompts are in ConsolePrompts.
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PowerShellHost;

internal sealed class ConsoleUserInterface(bool nonInteractive) : PSHostUserInterface
{
    private readonly ConsolePrompts prompts = new(nonInteractive);

    public override PSHostRawUserInterface RawUI { get; } = new ConsoleRawUserInterface();

    public override bool SupportsVirtualTerminal => !Console.IsOutputRedirected;

    public override void Write(string value) => Console.Out.Write(Plain(value));

    public override void Write(ConsoleColor foreground, ConsoleColor background, string value) => Write(value);

    public override void WriteLine(string value) => Console.Out.WriteLine(Plain(value));

    public override void WriteLine(ConsoleColor foreground, ConsoleColor background, string value) => WriteLine(value);

    public override void WriteErrorLine(string value) =>
        Console.Error.WriteLine(GetOutputString(value, supportsVirtualTerminal: !Console.IsErrorRedirected));

    public override void WriteWarningLine(string message) => WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => WriteLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => WriteLine("DEBUG: " + message);

    /// <summary>Progress is for people at a terminal; here it would only spoil the output.</summary>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override string ReadLine() => prompts.ReadLine();

    public override SecureString ReadLineAsSecureString() => prompts.ReadSecret();

    public override Dictionary<string, PSObject> Prompt(
        string caption, string message, Collection<FieldDescription> descriptions) =>
        prompts.AskFields(this, caption, message, descriptions);

    public override int PromptForChoice(
        string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        prompts.AskChoice(this, caption, message, choices, defaultChoice);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName) =>
        prompts.AskCredential(this, caption, message, userName);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => prompts.AskCredential(this, caption, message, userName);

    private string Plain(string value) => GetOutputString(value, SupportsVirtualTerminal);
}
