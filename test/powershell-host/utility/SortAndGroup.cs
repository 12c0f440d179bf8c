// Sort-Object and Group-Object.
using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Cmdlets that need all their input before they can answer.</summary>
public abstract class CollectingCommand : PSCmdlet
{
    private protected List<PSObject> Items { get; } = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject != null)
        {
            Items.Add(InputObject);
        }
    }
}

[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : CollectingCommand
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    public SwitchParameter Stable { get; set; }

    protected override void EndProcessing()
    {
        var comparer = new ValueComparer(CaseSensitive);
        var selectors = PropertySelector.ReadAll(Property);
        var rows = Items.Select(item => (Item: item, Keys: KeysOf(item, selectors))).ToList();
        int Order(object?[] left, object?[] right) => CompareKeys(left, right, selectors, comparer);

        object?[]? previous = null;
        foreach (var (item, keys) in rows.Order(Comparer<(PSObject Item, object?[] Keys)>.Create((a, b) => Order(a.Keys, b.Keys))))
        {
            if (!Unique || previous == null || Order(previous, keys) != 0)
            {
                WriteObject(item);
            }

            previous = keys;
        }
    }

    private static object?[] KeysOf(PSObject item, List<PropertySelector> selectors) =>
        selectors.Count == 0 ? [item] : selectors.Select(selector => selector.ValueOf(item)).ToArray();

    private int CompareKeys(object?[] left, object?[] right, List<PropertySelector> selectors, ValueComparer comparer)
    {
        for (var index = 0; index < left.Length; index++)
        {
            var order = comparer.Compare(left[index], right[index]);
            if (order != 0)
            {
                var descending = (index < selectors.Count ? selectors[index].Descending : null) ?? Descending;
                return descending ? -order : order;
            }
        }

        return 0;
    }
}

/// <summary>One group, with the members of pwsh's GroupInfo.</summary>
public sealed class GroupInfo
{
    internal GroupInfo(object?[] values)
    {
        Values = new ArrayList(values);
        Name = string.Join(", ", values.Select(value => LanguagePrimitives.ConvertTo<string>(value)));
    }

    public int Count => Group.Count;

    public Collection<PSObject> Group { get; } = [];

    public string Name { get; }

    public ArrayList Values { get; }
}

[Cmdlet("Group", "Object")]
public sealed class GroupObjectCommand : CollectingCommand
{
    [Parameter(Position = 0)]
    public object[]? Property { get; set; }

    [Parameter]
    public SwitchParameter CaseSensitive { get; set; }

    [Parameter]
    [Alias("AHT")]
    public SwitchParameter AsHashTable { get; set; }

    [Parameter]
    public SwitchParameter AsString { get; set; }

    [Parameter]
    public SwitchParameter NoElement { get; set; }

    protected override void EndProcessing()
    {
        var groups = MakeGroups();
        if (AsHashTable)
        {
            WriteObject(ToTable(groups));
        }
        else
        {
            WriteObject(groups, enumerateCollection: true);
        }
    }

    private List<GroupInfo> MakeGroups()
    {
        var comparer = new ValueComparer(CaseSensitive);
        var selectors = PropertySelector.ReadAll(Property);
        var groups = new List<GroupInfo>();
        foreach (var item in Items)
        {
            var values = selectors.Count == 0 ? [item] : selectors.Select(selector => selector.ValueOf(item)).ToArray();
            var group = groups.Find(known => known.Values.Cast<object?>().SequenceEqual(values, comparer));
            if (group == null)
            {
                groups.Add(group = new GroupInfo(values));
            }

            group.Group.Add(item);
        }

        return groups.OrderBy(group => group.Values[0], comparer).ToList();
    }

    private Hashtable ToTable(List<GroupInfo> groups)
    {
        var table = CaseSensitive ? new Hashtable() : new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var group in groups)
        {
            table.Add(AsString ? group.Name : PlainKey(group.Values[0]), group.Group);
        }

        return table;
    }

    private static object PlainKey(object? value) => ((value as PSObject)?.BaseObject ?? value) ?? string.Empty;
}
