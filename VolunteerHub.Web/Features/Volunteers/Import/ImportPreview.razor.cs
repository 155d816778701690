using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Shows what an import would do and asks how it is to be done.</summary>
public partial class ImportPreview
{
    /// <summary>A screen is no place for thousands of lines; the file has them all.</summary>
    private const int MostShown = 100;

    /// <summary>Names of teams to ask about; more than that, and the column is another one.</summary>
    private const int MostNames = 12;

    private readonly Dictionary<int, DuplicateChoice> _decided = [];
    private readonly Dictionary<string, TeamId> _named = [];
    private DuplicateChoice? _all;
    private ConsentWay? _consent;
    private bool _agreed;
    private bool _missing;
    private bool _whole;

    [Parameter, EditorRequired] public ImportFindings Findings { get; set; } = null!;

    [Parameter, EditorRequired] public IReadOnlyList<TeamChoice> Teams { get; set; } = [];

    /// <summary>Somebody explained what the file calls teams.</summary>
    [Parameter] public EventCallback<IReadOnlyDictionary<string, TeamId>> OnNamed { get; set; }

    [Parameter] public EventCallback<ImportChoices> OnImport { get; set; }

    [Parameter] public EventCallback OnSaveBad { get; set; }

    [Inject] private ReasonTexts Reasons { get; set; } = null!;

    private IEnumerable<(BadRow Row, CellFault Fault)> Shown => Findings.Bad.Take(MostShown).SelectMany(row => row.Faults.Select(fault => (row, fault)));

    /// <summary>Names that no team has, and in how many rows they stand.</summary>
    private IReadOnlyList<(string Name, int Rows)> Unknown { get; set; } = [];

    protected override void OnParametersSet() => Unknown =
    [
        .. Findings.Bad.SelectMany(row => row.Faults).Where(f => f is { Fault: RowFault.TeamUnknown, Detail: not null }).CountBy(f => f.Detail!)
            .OrderByDescending(n => n.Value).Take(MostNames).Select(n => (n.Key, n.Value)),
    ];

    private void Name(string name, string? team)
    {
        if (Guid.TryParse(team, out var id)) _named[name] = new TeamId(id);
        else _named.Remove(name);
    }

    private DuplicateChoice ChoiceFor(PossibleDuplicate doubt) => _decided.TryGetValue(doubt.Row, out var decided) ? decided : _all ?? doubt.Default;

    private void DecideAll(ChangeEventArgs chosen)
    {
        _all = Enum.TryParse<DuplicateChoice>((string?)chosen.Value, out var choice) ? choice : null;
        _decided.Clear();
    }

    private async Task ImportAsync()
    {
        _missing = !_agreed || _consent is null;
        if (!_missing) await OnImport.InvokeAsync(new ImportChoices(_whole, _consent!.Value, Findings.Duplicates.ToDictionary(d => d.Row, ChoiceFor)));
    }
}
