// ConvertFrom-Json, with the parser pwsh itself uses, so that dates, comments and numbers come out the same.
using System.Collections;
using System.Management.Automation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonCommand : PSCmdlet
{
    private readonly List<string> lines = [];

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = string.Empty;

    [Parameter]
    public SwitchParameter AsHashtable { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 1024;

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord() => lines.Add(InputObject);

    protected override void EndProcessing()
    {
        if (lines.Count == 1)
        {
            Convert(lines[0]);
        }
        else if (EachLineIsJson())
        {
            lines.ForEach(Convert);
        }
        else
        {
            Convert(string.Join(Environment.NewLine, lines));
        }
    }

    /// <summary>Several input strings are one text cut into lines, unless the first is a complete text by itself.</summary>
    private bool EachLineIsJson()
    {
        try
        {
            return lines.Count > 0 && Parse(lines[0]) != null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Convert(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        try
        {
            var value = FromToken(Parse(text));
            if (value == null && !NoEnumerate)
            {
                WriteObject(null);
            }
            else
            {
                WriteObject(value, enumerateCollection: !NoEnumerate);
            }
        }
        catch (JsonException error)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException("Conversion from JSON failed with error: " + error.Message, error),
                "System.ArgumentException",
                ErrorCategory.NotSpecified,
                null));
        }
    }

    private object? Parse(string text) => JsonConvert.DeserializeObject(text, new JsonSerializerSettings
    {
        DateParseHandling = DateParseHandling.DateTime,
        DateTimeZoneHandling = DateTimeZoneHandling.RoundtripKind,
        MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
        TypeNameHandling = TypeNameHandling.None,
        MaxDepth = Depth,
    });

    private object? FromToken(object? token) => token switch
    {
        JObject json => AsHashtable ? ToTable(json) : ToObject(json),
        JArray list => list.Where(item => item.Type != JTokenType.Comment).Select(FromToken).ToArray(),
        JValue value => value.Value,
        _ => token,
    };

    private PSObject ToObject(JObject json)
    {
        var result = new PSObject();
        foreach (var (name, value) in json)
        {
            if (name.Length == 0)
            {
                throw Stop("EmptyKeyInJsonString", "A key is an empty string: only -AsHashtable can hold it.");
            }

            if (result.Properties[name] != null)
            {
                throw Stop("KeysWithDifferentCasingInJsonString", $"Keys differ only in case ('{name}'): only -AsHashtable can hold them.");
            }

            result.Properties.Add(new PSNoteProperty(name, FromToken(value)), preValidated: true);
        }

        return result;
    }

    private OrderedHashtable ToTable(JObject json)
    {
        var result = new OrderedHashtable(json.Count);
        foreach (var (name, value) in json)
        {
            result.Add(name, FromToken(value));
        }

        return result;
    }

    private PipelineStoppedException Stop(string id, string message)
    {
        ThrowTerminatingError(new ErrorRecord(
            new InvalidOperationException(message), id, ErrorCategory.InvalidOperation, null));
        return new PipelineStoppedException();
    }
}
