// Ctrl-C while a pipeline runs: the first stops it, so that `finally` blocks run; the second ends the process.
using System.Management.Automation.Runspaces;

namespace PowerShellHost;

internal sealed class Interruption : IDisposable
{
    /// <summary>The exit code of a process that ended by Ctrl-C, as shells count it.</summary>
    public const int ExitCode = 130;

    private readonly Pipeline pipeline;

    public Interruption(Pipeline pipeline)
    {
        this.pipeline = pipeline;
        Console.CancelKeyPress += OnCancel;
    }

    public bool Happened { get; private set; }

    public void Dispose() => Console.CancelKeyPress -= OnCancel;

    private void OnCancel(object? sender, ConsoleCancelEventArgs cancel)
    {
        cancel.Cancel = !Happened;
        if (!Happened)
        {
            Happened = true;
            pipeline.StopAsync();
        }
    }
}
