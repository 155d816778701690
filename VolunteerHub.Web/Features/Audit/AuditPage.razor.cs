using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace VolunteerHub.Web.Features.Audit;

/// <summary>Who did what when, in words. Filter and place stand in the address, so that a finding can be shared and back works.</summary>
public partial class AuditPage
{
    /// <summary>Kinds of things that are worth a choice; the rest is found by person or day.</summary>
    private const int Common = 27;

    private AuditTrailView? _view;

    [Inject] private AuditTrail Trail { get; set; } = null!;

    [Inject] private AuditPeople People { get; set; } = null!;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    private AuditFilter Filter { get; set; } = new();

    /// <summary>The list stands still while it is read; what is new stands on top when it is opened again.</summary>
    protected override bool Shows(RunId run) => false;

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnMoved;
        await base.OnInitializedAsync();
    }

    protected override async Task LoadAsync()
    {
        var query = System.Web.HttpUtility.ParseQueryString(new Uri(Navigation.Uri).Query);
        Filter = AuditFilter.Read(name => query[name]);
        _view = Taken(await Trail.LoadAsync(Actor, Filter));
    }

    protected override void Dispose(bool disposing)
    {
        Navigation.LocationChanged -= OnMoved;
        base.Dispose(disposing);
    }

    private void OnMoved(object? sender, LocationChangedEventArgs moved)
    {
        if (new Uri(moved.Location).AbsolutePath != "/audit") return;
        _ = InvokeAsync(async () =>
        {
            await LoadAsync();
            StateHasChanged();
        });
    }

    private void Show(AuditFilter wanted) => Navigation.NavigateTo((wanted with { Before = null }).Link());

    private async Task<IEnumerable<AuditPerson>> FindAsync(string? typed, CancellationToken ct) => (await People.LoadAsync(Actor, typed ?? "", ct)).Value ?? [];

    private static string Label(AuditPerson? person) => person is null ? "" : $"{person.Name} {person.Number}";

    private static DateTime? Date(DateOnly? day) => day?.ToDateTime(TimeOnly.MinValue);

    private static DateOnly? Day(DateTime? date) => date is { } day ? DateOnly.FromDateTime(day) : null;
}
