// Read-Host: asks the host, which refuses when nobody is there to answer.
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

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
        if (Prompt == null)
        {
            return AsSecureString ? Host.UI.ReadLineAsSecureString() : Host.UI.ReadLine();
        }

        // The host writes the question itself, and only if it can be answered.
        var question = new FieldDescription(LanguagePrimitives.ConvertTo<string>(Prompt));
        question.SetParameterType(AsSecureString ? typeof(SecureString) : typeof(string));
        return Host.UI.Prompt(string.Empty, string.Empty, [question])[question.Name];
    }
}
