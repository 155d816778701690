using VolunteerHub.Domain.Calendar;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.OwnRecord;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Sites;

/// <summary>Says opening hours: days in a row with the same hours are one span.</summary>
public static class OpeningWords
{
    public static IReadOnlyList<string> Of(IReadOnlyList<WeeklyHours> opening, IStringLocalizer<Texts> texts)
    {
        var days = Week.Days.Select(day => (Day: day, Hours: string.Join(' ', opening.Where(h => h.Day == day).OrderBy(h => h.From).Select(h => $"{h.From:HH:mm}–{Closing(h.To)}")))).ToList();
        var lines = new List<string>();
        for (var i = 0; i < days.Count; i++)
        {
            if (days[i].Hours.Length == 0) continue;
            var last = i;
            while (last + 1 < days.Count && days[last + 1].Hours == days[i].Hours) last++;
            var (first, until) = (texts[$"DayOfWeek.{days[i].Day}"].Value, texts[$"DayOfWeek.{days[last].Day}"].Value);
            lines.Add((i == 0 && last == 6 ? texts["Site.EveryDay"] : i == last ? first : texts["Site.DaySpan", first, until]) + " " + days[i].Hours);
            i = last;
        }

        return lines;
    }

    private static string Closing(TimeOnly to) => to == TimeOnly.MinValue ? "24:00" : $"{to:HH:mm}";
}
