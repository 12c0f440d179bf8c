// Measure-Object and Compare-Object.
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Measure-Object's answer; what was not asked for stays null.</summary>
public sealed class GenericMeasureInfo
{
    public int Count { get; init; }

    public double? Average { get; init; }

    public double? Sum { get; init; }

    public object? Maximum { get; init; }

    public object? Minimum { get; init; }

    public string? Property { get; init; }
}

[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObjectCommand : CollectingCommand
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    protected override void EndProcessing()
    {
        if (Property == null)
        {
            WriteObject(Measure(Items.ToList<object?>(), null));
            return;
        }

        foreach (var selector in PropertySelector.ReadAll(Property))
        {
            WriteObject(Measure(Items.Select(selector.ValueOf).Where(value => value != null).ToList(), selector.Expression.ToString()));
        }
    }

    private GenericMeasureInfo Measure(List<object?> values, string? property)
    {
        var comparer = new ValueComparer(caseSensitive: false);
        var sum = Sum || Average ? values.Sum(LanguagePrimitives.ConvertTo<double>) : (double?)null;
        return new GenericMeasureInfo
        {
            Count = values.Count,
            Sum = Sum ? sum : null,
            Average = Average && values.Count > 0 ? sum / values.Count : null,
            Maximum = Maximum ? Plain(values.Order(comparer).LastOrDefault()) : null,
            Minimum = Minimum ? Plain(values.Order(comparer).FirstOrDefault()) : null,
            Property = property,
        };
    }

    /// <summary>Extremes of numbers are doubles, as they are in pwsh.</summary>
    private static object? Plain(object? value)
    {
        var plain = (value as PSObject)?.BaseObject ?? value;
        return plain is not null and not bool and not char && plain.GetType().IsPrimitive ? Convert.ToDouble(plain) : plain;
    }
}

[Cmdlet(VerbsData.Compare, "Object")]
public sealed class CompareObjectCommand : PSCmdlet
{
    private readonly List<PSObject> difference = [];

    [Parameter(Position = 0, Mandatory = true)]
    [AllowEmptyCollection]
    public PSObject[] ReferenceObject { get; set; } = [];

    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [AllowEmptyCollection]
    public PSObject[] DifferenceObject { get; set; } = [];

    [Parameter]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    [Parameter]
    public SwitchParameter ExcludeDifferent { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => difference.AddRange(DifferenceObject.Where(item => item != null));

    protected override void EndProcessing()
    {
        var selectors = PropertySelector.ReadAll(Property);
        var onlyInDifference = new List<PSObject>(difference);
        var onlyInReference = new List<PSObject>();
        foreach (var item in ReferenceObject.Where(item => item != null))
        {
            var match = onlyInDifference.FindIndex(other => AreEqual(item, other, selectors));
            if (match < 0)
            {
                onlyInReference.Add(item);
                continue;
            }

            onlyInDifference.RemoveAt(match);
            WriteIf(IncludeEqual || ExcludeDifferent, item, "==", selectors);
        }

        onlyInDifference.ForEach(item => WriteIf(!ExcludeDifferent, item, "=>", selectors));
        onlyInReference.ForEach(item => WriteIf(!ExcludeDifferent, item, "<=", selectors));
    }

    private bool AreEqual(PSObject left, PSObject right, List<PropertySelector> selectors)
    {
        var comparer = new ValueComparer(CaseSensitive);
        return selectors.Count == 0
            ? comparer.Compare(left, right) == 0
            : selectors.All(selector => comparer.Compare(selector.ValueOf(left), selector.ValueOf(right)) == 0);
    }

    private void WriteIf(bool wanted, PSObject item, string side, List<PropertySelector> selectors)
    {
        if (wanted)
        {
            WriteObject(Describe(item, side, selectors));
        }
    }

    private PSObject Describe(PSObject item, string side, List<PropertySelector> selectors)
    {
        var described = PassThru ? item : new PSObject();
        if (!PassThru && selectors.Count == 0)
        {
            described.Properties.Add(new PSNoteProperty("InputObject", item));
        }

        foreach (var selector in PassThru ? [] : selectors)
        {
            described.Properties.Add(new PSNoteProperty(selector.Label ?? selector.Expression.ToString(), selector.ValueOf(item)));
        }

        described.Properties.Remove("SideIndicator");
        described.Properties.Add(new PSNoteProperty("SideIndicator", side));
        return described;
    }
}
