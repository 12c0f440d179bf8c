// Get-Content, Set-Content, Add-Content and Clear-Content: files by .NET, every other provider by the engine.
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Provider;
using PowerShellHost;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
public sealed class GetContentCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    [Parameter]
    public object? Encoding { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    [Alias("First", "Head")]
    public long TotalCount { get; set; } = -1;

    [Parameter]
    [Alias("Last")]
    public int Tail { get; set; } = -1;

    [Parameter]
    public long ReadCount { get; set; } = 1;

    private protected override void Process(string path)
    {
        foreach (var resolved in Resolve(path))
        {
            if (resolved.Provider.ImplementingType == typeof(FileSystemProvider))
            {
                ReadFile(resolved.ProviderPath);
            }
            else
            {
                ReadItem(resolved.Path);
            }
        }
    }

    private IEnumerable<PathInfo> Resolve(string path) =>
        SessionState.Path.GetResolvedPSPathFromPSPath(IsLiteral ? WildcardPattern.Escape(path) : path);

    private void ReadFile(string file)
    {
        // Others may be writing the file, and may go on doing so.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (AsByteStream)
        {
            ReadBytes(stream);
            return;
        }

        using var reader = new StreamReader(stream, TextEncoding.Read(Encoding), detectEncodingFromByteOrderMarks: true);
        if (Raw)
        {
            WriteObject(reader.ReadToEnd());
            return;
        }

        WriteObject(ReadCount == 1 ? Cut(Lines(reader)) : Cut(Lines(reader)).ToArray(), enumerateCollection: ReadCount == 1);
    }

    private void ReadBytes(Stream stream)
    {
        var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        WriteObject(bytes.ToArray(), enumerateCollection: !Raw);
    }

    private void ReadItem(string path)
    {
        foreach (var reader in InvokeProvider.Content.GetReader(WildcardPattern.Escape(path)))
        {
            using (reader)
            {
                WriteObject(Cut(reader.Read(-1).Cast<object>()), enumerateCollection: true);
            }
        }
    }

    private IEnumerable<T> Cut<T>(IEnumerable<T> lines)
    {
        var head = TotalCount >= 0 ? lines.Take((int)TotalCount) : lines;
        return Tail >= 0 ? head.TakeLast(Tail) : head;
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}

/// <summary>Set-Content and Add-Content differ only in how they open the file.</summary>
public abstract class WriteContentCommand : PathCommand
{
    private readonly Dictionary<string, StreamWriter> files = [];
    private readonly List<object?> values = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object?[]? Value { get; set; }

    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Path")]
    public override string[] Path { get; set; } = [];

    [Parameter]
    public object? Encoding { get; set; }

    [Parameter]
    public SwitchParameter AsByteStream { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected abstract FileMode Mode { get; }

    protected override void BeginProcessing()
    {
        // Opened before the input is read: an input that reads the same file must fail, not see half of it.
        foreach (var path in Paths)
        {
            Guard(path, () => Open(path));
        }
    }

    protected override void ProcessRecord()
    {
        values.AddRange(Value ?? [null]);
        foreach (var writer in files.Values)
        {
            Array.ForEach(Value ?? [], item => Write(writer, item));
        }
    }

    protected override void EndProcessing()
    {
        foreach (var path in Paths)
        {
            Guard(path, () => Process(path));
        }

        Close();
        if (PassThru)
        {
            WriteObject(values, enumerateCollection: true);
        }
    }

    protected override void StopProcessing() => Close();

    /// <summary>What is no file takes all values at once.</summary>
    private protected override void Process(string path)
    {
        GetUnresolved(path, out var provider);
        if (provider.ImplementingType != typeof(FileSystemProvider))
        {
            InvokeProvider.Item.Set([path], values.Count == 1 ? values[0] : values.ToArray(), Force, IsLiteral);
        }
    }

    private void Open(string path)
    {
        var file = GetUnresolved(path, out var provider);
        if (provider.ImplementingType != typeof(FileSystemProvider) || !ShouldProcess(file, MyInvocation.MyCommand.Name))
        {
            return;
        }

        var stream = new FileStream(file, Mode, FileAccess.Write, FileShare.Read);
        files[file] = new StreamWriter(stream, TextEncoding.Read(Encoding));
    }

    private string GetUnresolved(string path, out ProviderInfo provider) =>
        SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _);

    private void Write(StreamWriter writer, object? value)
    {
        if (AsByteStream)
        {
            writer.BaseStream.WriteByte(LanguagePrimitives.ConvertTo<byte>(value));
            return;
        }

        var items = ((value as PSObject)?.BaseObject ?? value) is IList list ? list : new[] { value };
        foreach (var item in items)
        {
            writer.Write(LanguagePrimitives.ConvertTo<string>(item) + (NoNewline ? string.Empty : Environment.NewLine));
        }
    }

    private void Close()
    {
        foreach (var writer in files.Values)
        {
            writer.Dispose();
        }

        files.Clear();
    }
}

[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class SetContentCommand : WriteContentCommand
{
    private protected override FileMode Mode => FileMode.Create;
}

[Cmdlet(VerbsCommon.Add, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class AddContentCommand : WriteContentCommand
{
    private protected override FileMode Mode => FileMode.Append;
}

[Cmdlet(VerbsCommon.Clear, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
public sealed class ClearContentCommand : PathCommand
{
    private protected override void Process(string path) => InvokeProvider.Content.Clear([path], Force, IsLiteral);
}
