// ConvertTo-Json: turns values into plain lists and dictionaries as deep as asked, and writes those.
using System.Collections;
using System.Collections.Specialized;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Numerics;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsData.ConvertTo, "Json")]
public sealed class ConvertToJsonCommand : PSCmdlet
{
    private readonly List<object?> items = [];
    private bool warned;

    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    [Parameter]
    [ValidateRange(0, 100)]
    public int Depth { get; set; } = 2;

    [Parameter]
    public SwitchParameter Compress { get; set; }

    [Parameter]
    public SwitchParameter EnumsAsStrings { get; set; }

    [Parameter]
    public SwitchParameter AsArray { get; set; }

    [Parameter]
    public StringEscapeHandling EscapeHandling { get; set; } = StringEscapeHandling.Default;

    protected override void ProcessRecord() => items.Add(InputObject);

    protected override void EndProcessing()
    {
        if (items.Count == 0)
        {
            return;
        }

        var value = items.Count > 1 || AsArray ? items : items[0];
        var settings = new JsonSerializerSettings
        {
            Formatting = Compress ? Formatting.None : Formatting.Indented,
            StringEscapeHandling = EscapeHandling,
            TypeNameHandling = TypeNameHandling.None,
            MaxDepth = 1024,
        };
        if (EnumsAsStrings)
        {
            settings.Converters.Add(new StringEnumConverter());
        }

        WriteObject(JsonConvert.SerializeObject(ToPlain(value, 0), settings));
    }

    private object? ToPlain(object? value, int depth)
    {
        var wrapper = value as PSObject;
        var plain = wrapper?.BaseObject ?? value;
        if (plain is null or DBNull || ReferenceEquals(value, AutomationNull.Value))
        {
            return null;
        }

        if (plain is string or DateTime)
        {
            return plain;
        }

        if (IsScalar(plain))
        {
            return WithNotes(wrapper, EnumOrScalar(plain), depth);
        }

        if (depth > Depth)
        {
            WarnOnce();
            return LanguagePrimitives.ConvertTo<string>(value);
        }

        return plain switch
        {
            IDictionary table => FromTable(table, wrapper, depth),
            IEnumerable list => WithNotes(wrapper, list.Cast<object?>().Select(item => ToPlain(item, depth + 1)).ToList(), depth),
            _ => FromProperties(PSObject.AsPSObject(value), depth),
        };
    }

    private static bool IsScalar(object value) =>
        value is DateTimeOffset or Guid or Uri or decimal or BigInteger || value.GetType().IsPrimitive || value.GetType().IsEnum;

    /// <summary>JSON's numbers are too coarse for enumerations of 64 bits.</summary>
    private static object EnumOrScalar(object value) =>
        value.GetType().IsEnum && Enum.GetUnderlyingType(value.GetType()) is var type && (type == typeof(long) || type == typeof(ulong))
            ? value.ToString()!
            : value;

    private OrderedDictionary FromTable(IDictionary table, PSObject? wrapper, int depth)
    {
        var result = new OrderedDictionary();
        foreach (DictionaryEntry entry in table)
        {
            result[entry.Key.ToString()!] = ToPlain(entry.Value, depth + 1);
        }

        AddNotes(wrapper, result, depth);
        return result;
    }

    private OrderedDictionary FromProperties(PSObject item, int depth)
    {
        var result = new OrderedDictionary();
        foreach (var property in item.Properties)
        {
            result[property.Name] = ToPlain(ValueOf(property), depth + 1);
        }

        return result;
    }

    /// <summary>A list or scalar with properties added to it becomes an object with its value beside them.</summary>
    private object WithNotes(PSObject? wrapper, object value, int depth)
    {
        var result = new OrderedDictionary { ["value"] = value };
        AddNotes(wrapper, result, depth);
        return result.Count == 1 ? value : result;
    }

    private void AddNotes(PSObject? wrapper, OrderedDictionary result, int depth)
    {
        foreach (var note in wrapper?.Properties.Where(property => property is not PSProperty) ?? [])
        {
            if (note.IsInstance && !result.Contains(note.Name))
            {
                result[note.Name] = ToPlain(ValueOf(note), depth + 1);
            }
        }
    }

    private static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException)
        {
            // A property that cannot be read is null in JSON.
            return null;
        }
    }

    private void WarnOnce()
    {
        if (!warned)
        {
            warned = true;
            WriteWarning($"Resulting JSON is truncated as serialization has exceeded the set depth of {Depth}.");
        }
    }
}
