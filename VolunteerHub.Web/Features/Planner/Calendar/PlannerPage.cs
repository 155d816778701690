using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Components;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>A view of the planner: what it shows stands in its address, and it loads again when that changes.</summary>
public abstract class PlannerPage : LivePage
{
    private string _loaded = "";

    [SupplyParameterFromQuery(Name = "team")] public string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "line")] public string? Line { get; set; }

    [SupplyParameterFromQuery(Name = "site")] public Guid? Site { get; set; }

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    protected PlannerFilter Filter => new(Team, Enum.TryParse<ServiceLine>(Line, out var line) ? line : null, Site is { } site ? new SiteId(site) : null);

    /// <summary>Loads what the address says.</summary>
    protected abstract Task LoadViewAsync();

    protected override async Task OnParametersSetAsync()
    {
        if (Actor is not null && _loaded != Navigation.Uri) await LoadAsync();
    }

    protected sealed override Task LoadAsync()
    {
        _loaded = Navigation.Uri;
        return LoadViewAsync();
    }

    /// <summary>An address of a view.</summary>
    /// <param name="path">The view.</param>
    /// <param name="filter">Which runs it shows.</param>
    /// <param name="more">Other parts of the query, such as month=2026-12; null ones are left out.</param>
    protected static string Link(string path, PlannerFilter filter, params string?[] more)
    {
        var parts = more.Append(filter.Team is { } team ? "team=" + Uri.EscapeDataString(team) : null)
            .Append(filter.Line is { } line ? "line=" + line : null).Append(filter.Site is { } site ? "site=" + site : null).OfType<string>().ToList();
        return parts.Count == 0 ? path : path + "?" + string.Join('&', parts);
    }

    protected static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
