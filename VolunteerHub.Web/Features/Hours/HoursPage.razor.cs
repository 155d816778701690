using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>Where hours stand; what is filtered stands in the address.</summary>
public partial class HoursPage
{
    private HourListView? _view;
    private HourFilter? _loaded;

    [SupplyParameterFromQuery(Name = "tab")] public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "team")] public string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "from")] public string? From { get; set; }

    [SupplyParameterFromQuery(Name = "until")] public string? Until { get; set; }

    [SupplyParameterFromQuery(Name = "name")] public string? Name { get; set; }

    private HourFilter Filter => new(Enum.TryParse<HourTab>(Tab, ignoreCase: true, out var tab) ? tab : HourTab.ToConfirm, Team, Day(From), Day(Until), Name);

    protected override async Task OnParametersSetAsync()
    {
        // Another address of the same page.
        if (_loaded is not null && _loaded != Filter) await LoadAsync();
    }

    protected override async Task LoadAsync()
    {
        _loaded = Filter;
        _view = Taken(await Hours.LoadAsync(Actor, _loaded));
    }

    private void Go(HourFilter filter) => Navigation.NavigateTo(Link(filter));

    private static string Link(HourFilter filter)
    {
        var parts = new[]
        {
            filter.Tab == HourTab.ToConfirm ? null : $"tab={filter.Tab}", filter.Team is null ? null : $"team={filter.Team}", filter.From is null ? null : $"from={Day(filter.From)}",
            filter.Until is null ? null : $"until={Day(filter.Until)}", string.IsNullOrWhiteSpace(filter.Name) ? null : $"name={Uri.EscapeDataString(filter.Name.Trim())}",
        };
        return "/hours?" + string.Join('&', parts.OfType<string>());
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
