// One run of a command or a script file: the runspace, the pipeline, Ctrl-C, and the exit code that follows from them.
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PowerShellHost;

internal sealed class Session : IDisposable
{
    private readonly Options options;
    private readonly ConsoleHost host;
    private readonly Runspace runspace;
    private bool interrupted;

    public Session(Options options)
    {
        this.options = options;
        host = new ConsoleHost(options.NonInteractive);
        runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault());
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        // Cmdlets and class members that ask for the default runspace on this thread get ours.
        Runspace.DefaultRunspace = runspace;
    }

    public int Run()
    {
        if (options.WorkingDirectory != null)
        {
            runspace.SessionStateProxy.Path.SetLocation(options.WorkingDirectory);
        }

        var failure = options.File != null ? RunFile() : RunCommand();
        if (failure != null)
        {
            Report(failure);
        }

        return ExitCode(failure);
    }

    public void Dispose() => runspace.Dispose();

    private int ExitCode(Exception? failure)
    {
        if (interrupted)
        {
            return Interruption.ExitCode;
        }

        if (failure != null)
        {
            return 1;
        }

        if (host.ExitCode is int asked)
        {
            return asked;
        }

        return options.File != null || LastStatementSucceeded() ? 0 : 1;
    }

    private bool LastStatementSucceeded()
    {
        using var pipeline = runspace.CreatePipeline("$global:?");
        return pipeline.Invoke() is [{ BaseObject: true }];
    }

    private Exception? RunFile()
    {
        using var pipeline = runspace.CreatePipeline();
        var command = ScriptCommand(options.File!);
        options.FileArguments.ForEach(command.Parameters.Add);
        pipeline.Commands.Add(command);
        Internals.LetExitLeaveTheSession(runspace);
        return Invoke(pipeline, ScriptInput.IsReadBy(options.File!, isFile: true));
    }

    /// <summary>Commands outside the history leave $? alone, which decides the exit code.</summary>
    private Exception? RunCommand()
    {
        using var pipeline = runspace.CreatePipeline(options.Command!, addToHistory: true);
        return Invoke(pipeline, ScriptInput.IsReadBy(options.Command!, isFile: false));
    }

    /// <summary>A file without the extension .ps1 (started through a shebang line) is no command the engine would find.</summary>
    private static Command ScriptCommand(string path) =>
        path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase)
            ? new Command(path, isScript: false, useLocalScope: false)
            : new Command(File.ReadAllText(path), isScript: true, useLocalScope: false);

    private Exception? Invoke(Pipeline pipeline, bool readsInput)
    {
        pipeline.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        pipeline.Commands.Add(new Command("Out-Default", isScript: false, useLocalScope: true));
        using var interruption = new Interruption(pipeline);
        try
        {
            pipeline.Invoke(readsInput && Console.IsInputRedirected ? InputLines() : Array.Empty<object>());
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
        finally
        {
            interrupted = interruption.Happened;
        }
    }

    private static IEnumerable<string> InputLines()
    {
        while (Console.In.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    /// <summary>Through the engine's formatting, so that it looks like every other error.</summary>
    private void Report(Exception failure)
    {
        if (failure is PipelineStoppedException)
        {
            return;
        }

        var record = (failure as IContainsErrorRecord)?.ErrorRecord
            ?? new ErrorRecord(failure, "PowerShellHost", ErrorCategory.NotSpecified, null);
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Out-String").AddParameter("InputObject", record).AddParameter("Stream");
        foreach (var line in shell.Invoke<string>())
        {
            host.UI.WriteErrorLine(line);
        }
    }
}
