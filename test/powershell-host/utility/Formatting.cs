// Format-Table, -List, Out-String and Out-File: thin shells round the formatting that the engine itself holds.
using System.Management.Automation;
using System.Reflection;
using System.Text;
using Microsoft.PowerShell.Commands.Internal.Format;
using PowerShellHost;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => EngineFormatting.Attach(this, EngineFormatting.Shape("Table"));
}

[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => EngineFormatting.Attach(this, EngineFormatting.Shape("List"));
}

[Cmdlet(VerbsData.Out, "String")]
public sealed class OutStringCommand : FrontEndCommandBase
{
    private readonly StringBuilder text = new();

    public OutStringCommand() => EngineFormatting.Attach(this, EngineFormatting.Output());

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    protected override void BeginProcessing()
    {
        EngineFormatting.SetTarget(this, new StringWriter(text), Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Stream)
        {
            WriteObject(Lines(), enumerateCollection: true);
        }
        else
        {
            WriteObject(NoNewline ? string.Concat(Lines()) : text.ToString());
        }
    }

    private string[] Lines()
    {
        var lines = text.ToString().Split(Environment.NewLine);
        return lines[^1].Length == 0 ? lines[..^1] : lines;
    }
}

[Cmdlet(VerbsData.Out, "File", SupportsShouldProcess = true)]
public sealed class OutFileCommand : FrontEndCommandBase
{
    private StreamWriter? writer;

    public OutFileCommand() => EngineFormatting.Attach(this, EngineFormatting.Output());

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "ByPath")]
    [Alias("Path")]
    public string? FilePath { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ByLiteralPath")]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    [Parameter(Position = 1)]
    public object? Encoding { get; set; }

    [Parameter]
    public SwitchParameter Append { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    [Alias("NoOverwrite")]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    [Parameter]
    [ValidateRange(2, int.MaxValue)]
    public int Width { get; set; } = int.MaxValue;

    protected override void BeginProcessing()
    {
        var path = GetUnresolvedProviderPathFromPSPath(LiteralPath ?? FilePath);
        writer = ShouldProcess(path, "Output to File") ? Open(path) : new StreamWriter(System.IO.Stream.Null);
        if (NoNewline)
        {
            writer.NewLine = string.Empty;
        }

        EngineFormatting.SetTarget(this, writer, Width);
        base.BeginProcessing();
    }

    protected override void EndProcessing()
    {
        base.EndProcessing();
        writer?.Dispose();
    }

    protected override void StopProcessing() => writer?.Dispose();

    private StreamWriter Open(string path)
    {
        try
        {
            var mode = Append ? FileMode.Append : NoClobber ? FileMode.CreateNew : FileMode.Create;
            var file = new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite);
            return new StreamWriter(file, TextEncoding.Read(Encoding));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(error, "FileOpenFailure", ErrorCategory.OpenError, path));
            throw;
        }
    }
}

/// <summary>The engine's formatting objects are internal, so they are made and connected by name.</summary>
internal static class EngineFormatting
{
    private const string Namespace = "Microsoft.PowerShell.Commands.Internal.Format.";
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly FieldInfo Implementation = typeof(FrontEndCommandBase).GetField("implementation", Members)!;

    public static object Shape(string shape) =>
        New("InnerFormatShapeCommand", Enum.Parse(Find("FormatShape"), shape));

    public static object Output() => New("OutputManagerInner");

    public static void Attach(FrontEndCommandBase command, object implementation) => Implementation.SetValue(command, implementation);

    public static void SetTarget(FrontEndCommandBase command, TextWriter writer, int width)
    {
        var output = Implementation.GetValue(command)!;
        output.GetType().GetProperty("LineOutput", Members)!.SetValue(output, New("TextWriterLineOutput", writer, width));
    }

    private static object New(string name, params object[] arguments) =>
        Activator.CreateInstance(Find(name), Members, null, arguments, null)!;

    private static Type Find(string name) => typeof(PSObject).Assembly.GetType(Namespace + name, throwOnError: true)!;
}
