// Read-Host: asks the host, which refuses when nobody is there to answer.
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommunications.Read, "Host")]
public sealed class ReadHostCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    public object? Prompt { get; set; }

    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    [Parameter]
    public SwitchParameter MaskInput { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            WriteObject(Ask());
        }
        catch (PSInvalidOperationException refusal)
        {
            ThrowTerminatingError(new ErrorRecord(refusal, "InvalidOperation", ErrorCategory.InvalidOperation, null));
        }
    }

    private object Ask()
    {
        if (Prompt != null)
        {
            Host.UI.Write(LanguagePrimitives.ConvertTo<string>(Prompt) + ": ");
        }

        return AsSecureString ? Host.UI.ReadLineAsSecureString() : Host.UI.ReadLine();
    }
}
