// The exception under Write-Error's message; scripts may catch it by pwsh's own name.
namespace Microsoft.PowerShell.Commands;

public class WriteErrorException : SystemException
{
    public WriteErrorException()
    {
    }

    public WriteErrorException(string message)
        : base(message)
    {
    }

    public WriteErrorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
