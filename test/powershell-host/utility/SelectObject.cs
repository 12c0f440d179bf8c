// Select-Object: chosen properties, the first or last objects, distinct objects.
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "DefaultParameter")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private readonly Queue<PSObject> held = new();
    private readonly List<PSObject> distinct = [];
    private List<PropertySelector> selectors = [];
    private int seen;
    private int passed;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public string[] ExcludeProperty { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Last { get; set; } = -1;

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Skip { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int SkipLast { get; set; }

    [Parameter]
    public int[]? Index { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    protected override void BeginProcessing()
    {
        selectors = PropertySelector.ReadAll(Property);
        if (selectors.Count == 0 && ExcludeProperty.Length > 0)
        {
            selectors = PropertySelector.ReadAll(["*"]);
        }
    }

    protected override void ProcessRecord()
    {
        if (InputObject == null)
        {
            return;
        }

        var position = seen++;
        if (Index != null)
        {
            if (Index.Contains(position))
            {
                Pass(InputObject);
            }
        }
        else if (Last >= 0)
        {
            Hold(InputObject, Last + Skip);
        }
        else if (position >= Skip)
        {
            Take(InputObject);
        }
    }

    protected override void EndProcessing()
    {
        // With -Last, -Skip counts from the end.
        while (Last >= 0 && held.Count > Skip)
        {
            Pass(held.Dequeue());
        }
    }

    private void Hold(PSObject item, int most)
    {
        held.Enqueue(item);
        if (held.Count > most)
        {
            held.Dequeue();
        }
    }

    private void Take(PSObject item)
    {
        if (SkipLast > 0)
        {
            held.Enqueue(item);
            if (held.Count <= SkipLast)
            {
                return;
            }

            item = held.Dequeue();
        }

        if (First < 0 || passed < First)
        {
            Pass(item);
        }

        if (First >= 0 && passed >= First && !Wait)
        {
            throw Internals.StopUpstreamCommands(this);
        }
    }

    private void Pass(PSObject item)
    {
        passed++;
        var shaped = selectors.Count > 0 ? Shape(item) : item;
        if (ExpandProperty != null)
        {
            Expand(item, shaped);
        }
        else
        {
            Emit(shaped);
        }
    }

    private PSObject Shape(PSObject item)
    {
        var shaped = new PSObject();
        shaped.TypeNames.Insert(0, "Selected." + item.BaseObject.GetType());
        foreach (var selector in selectors)
        {
            AddSelected(shaped, item, selector);
        }

        return shaped;
    }

    private void AddSelected(PSObject shaped, PSObject item, PropertySelector selector)
    {
        var names = selector.Expression.ResolveNames(item);
        if (selector.Expression.HasWildCardCharacters && names.Count == 0)
        {
            return;
        }

        foreach (var name in names.Count > 0 ? names : [selector.Expression])
        {
            var label = selector.Label ?? name.ToString();
            if (!IsExcluded(label) && shaped.Properties[label] == null)
            {
                var result = name.GetValues(item).FirstOrDefault();
                shaped.Properties.Add(new PSNoteProperty(label, result?.Exception == null ? result?.Result : null));
            }
        }
    }

    private bool IsExcluded(string name) =>
        ExcludeProperty.Any(pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch(name));

    private void Expand(PSObject item, PSObject shaped)
    {
        var results = new PSPropertyExpression(ExpandProperty!).GetValues(item);
        if (results.Count == 0)
        {
            WriteError(new ErrorRecord(
                new PSArgumentException($"Property \"{ExpandProperty}\" cannot be found."),
                "ExpandPropertyNotFound",
                ErrorCategory.InvalidArgument,
                item));
            return;
        }

        foreach (var value in LanguagePrimitives.GetEnumerable(results[0].Result) ?? new[] { results[0].Result })
        {
            Emit(selectors.Count > 0 ? WithProperties(value, shaped) : value);
        }
    }

    /// <summary>-Property beside -ExpandProperty decorates the expanded value.</summary>
    private static PSObject WithProperties(object? value, PSObject shaped)
    {
        var decorated = PSObject.AsPSObject(value);
        foreach (var property in shaped.Properties)
        {
            decorated.Properties.Add(new PSNoteProperty(property.Name, property.Value), preValidated: true);
        }

        return decorated;
    }

    private void Emit(object? value)
    {
        if (Unique && value != null)
        {
            var candidate = PSObject.AsPSObject(value);
            if (distinct.Any(known => AreAlike(known, candidate)))
            {
                return;
            }

            distinct.Add(candidate);
        }

        WriteObject(value);
    }

    private static bool AreAlike(PSObject left, PSObject right)
    {
        if (left.BaseObject is not PSCustomObject || right.BaseObject is not PSCustomObject)
        {
            return LanguagePrimitives.Equals(left, right);
        }

        return left.Properties.Select(property => property.Name).SequenceEqual(right.Properties.Select(property => property.Name))
            && left.Properties.All(property => LanguagePrimitives.Equals(property.Value, right.Properties[property.Name].Value));
    }
}
