using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Planner.Calendar;

/// <summary>A theme is a short line.</summary>
public sealed record ThemeTooLong(int Most) : Refusal;

/// <summary>Somebody else set the theme since it was opened.</summary>
/// <param name="Now">What it is now.</param>
public sealed record ThemeChangedMeanwhile(string Now) : Refusal;

/// <summary>每月主题: the coordinator sets it; without text the month has none.</summary>
public sealed class SetMonthlyTheme(Hub hub)
{
    /// <param name="actor">Who sets it.</param>
    /// <param name="month">Any day of the month.</param>
    /// <param name="text">The theme, or nothing.</param>
    /// <param name="seen">What it was when it was opened; empty where there was none.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, DateOnly month, string text, string seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        text = text.Trim();
        if (text.Length > MonthlyTheme.Longest) return new ThemeTooLong(MonthlyTheme.Longest);
        var first = MonthlyTheme.FirstOf(month);
        var theme = await work.Db.MonthlyThemes.FirstOrDefaultAsync(t => t.Month == first, ct);
        if ((theme?.Text ?? "") is var now && now != seen) return new ThemeChangedMeanwhile(now);
        if (theme is null && text.Length > 0) work.Db.MonthlyThemes.Add(new MonthlyTheme(first, text));
        else if (theme is not null && text.Length > 0) theme.Revise(text);
        else if (theme is not null) work.Db.MonthlyThemes.Remove(theme);
        await work.SaveAsync(null, ct);
        return Outcome.Done;
    }
}
