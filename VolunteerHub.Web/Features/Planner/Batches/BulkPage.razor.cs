using Microsoft.AspNetCore.Components;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Features.Planner.Templates;

namespace VolunteerHub.Web.Features.Planner.Batches;

/// <summary>Plans a template on many days at once.</summary>
public partial class BulkPage
{
    private readonly HashSet<DayOfWeek> _days = [DayOfWeek.Saturday];
    private RunChoices? _choices;
    private IReadOnlyList<TemplateRow>? _templates;
    private RunTemplateId? _template;
    private TeamId? _host;
    private SiteId? _site;
    private DateTime? _first;
    private DateTime? _last;

    /// <summary>The template to begin with.</summary>
    [SupplyParameterFromQuery(Name = "template")] public Guid? Template { get; set; }

    protected override BatchDraft? Draft => _template is null || _host is null || _site is null || _first is null || _last is null || Days().Count == 0
        ? null
        : new BatchDraft(BatchKind.FromTemplate, Template: _template, Host: _host, Site: _site, Days: Days());

    protected override async Task StartAsync()
    {
        var list = await Templates.LoadAsync(Actor);
        var choices = await Editor.LoadAsync(Actor, null);
        Refused = list.Refusal ?? choices.Refusal;
        if (Refused is not null) return;
        _templates = [.. list.Value!.Templates.Where(t => !t.IsArchived)];
        _choices = choices.Value!.Choices;
        // The whole of the next month: that is what leaders plan.
        var first = Domain.Calendar.MonthlyTheme.FirstOf(Time.Today).AddMonths(1);
        (_first, _last) = (first.ToDateTime(TimeOnly.MinValue), first.AddMonths(1).AddDays(-1).ToDateTime(TimeOnly.MinValue));
        await OnTemplateAsync(Template is { } id ? new RunTemplateId(id) : null);
    }

    private Task OnTemplateAsync(RunTemplateId? id)
    {
        _template = id;
        var chosen = _templates!.FirstOrDefault(t => t.Id == id);
        _host = _choices!.Hosts.FirstOrDefault(h => h.Id == chosen?.Team?.Id)?.Id ?? _host ?? (_choices.Hosts.Count == 1 ? _choices.Hosts[0].Id : null);
        _site = chosen?.Outline.SiteId ?? _site ?? (_choices.Sites.Count == 1 ? _choices.Sites[0].Id : null);
        return LookAsync();
    }

    private Task Set(Action change)
    {
        change();
        return LookAsync();
    }

    private List<DateOnly> Days()
    {
        var days = new List<DateOnly>();
        for (var day = DateOnly.FromDateTime(_first!.Value); day <= DateOnly.FromDateTime(_last!.Value) && days.Count < BatchWork.Most; day = day.AddDays(1))
            if (_days.Contains(day.DayOfWeek)) days.Add(day);
        return days;
    }
}
