// What every cmdlet on paths shares: -Path with wildcards or -LiteralPath, and provider failures as ordinary errors.
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

public abstract class ProviderCommand : PSCmdlet
{
    /// <summary>The engine's provider calls throw; the cmdlets built on them write non-terminating errors instead.</summary>
    private protected void Guard(string target, Action action)
    {
        try
        {
            action();
        }
        catch (Exception error) when (error is RuntimeException and not PipelineStoppedException)
        {
            WriteError(new ErrorRecord(((IContainsErrorRecord)error).ErrorRecord, error));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            WriteError(new ErrorRecord(error, error.GetType().Name, ErrorCategory.WriteError, target));
        }
    }
}

public abstract class PathCommand : ProviderCommand
{
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public virtual string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected bool IsLiteral => ParameterSetName == "LiteralPath";

    private protected string[] Paths => IsLiteral ? LiteralPath : Path;

    protected override void ProcessRecord()
    {
        foreach (var path in Paths)
        {
            Guard(path, () => Process(path));
        }
    }

    private protected abstract void Process(string path);

    /// <summary>The files' own paths, which the operating system understands.</summary>
    private protected IEnumerable<string> Files(string path) =>
        IsLiteral ? [GetUnresolvedProviderPathFromPSPath(path)] : GetResolvedProviderPathFromPSPath(path, out _);
}
