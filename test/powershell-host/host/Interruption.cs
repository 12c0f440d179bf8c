// Ctrl-C while a pipeline runs: the first stops it, so that `finally` blocks run; the second ends the process.
using System.Management.Automation.Runspaces;

namespace PowerShellHost;

internal sealed class Interruption : IDisposable
{
    private readonly Pipeline pipeline;
    private bool stopping;

    public Interruption(Pipeline pipeline)
    {
        this.pipeline = pipeline;
        Console.CancelKeyPress += OnCancel;
    }

    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    private void OnCancel(object? sender, ConsoleCancelEventArgs cancel)
    {
        cancel.Cancel = !stopping;
        if (!stopping)
        {
            stopping = true;
            pipeline.StopAsync();
        }
    }
}
