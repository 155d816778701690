using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.Extensions.Localization;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Feeds;

/// <summary>Writes a feed as an iCalendar file (RFC 5545): times by the community's zone, which is described in it.</summary>
public sealed class FeedFile(IStringLocalizer<Texts> texts, PublicAddress address)
{
    public string Write(FeedContent content, string asked)
    {
        var calendar = new Calendar { ProductId = "-//VolunteerHub//VolunteerHub//ZH", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", texts[$"Feed.Name.{content.Scope}", content.Name].Value);
        calendar.AddProperty("X-WR-TIMEZONE", content.ZoneId);
        calendar.AddProperty("X-PUBLISHED-TTL", "PT1H");
        calendar.AddTimeZone(VTimeZone.FromDateTimeZone(content.ZoneId, content.From.UtcDateTime, false));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(content.ZoneId);
        foreach (var entry in content.Entries)
        {
            var (start, end) = entry.Slot.On(zone);
            calendar.Events.Add(new CalendarEvent
            {
                Uid = $"shift-{entry.Id:n}@volunteerhub",
                DtStamp = new CalDateTime(content.Now.UtcDateTime, true),
                Summary = entry.Post is null ? entry.Title : $"{entry.Title} · {entry.Post}",
                Start = new CalDateTime(start, content.ZoneId, true),
                End = new CalDateTime(end, content.ZoneId, true),
                Location = entry.Site,
                Description = Describe(entry, asked),
                Url = new Uri(address.Of(entry.Path, asked)),
                Sequence = entry.Sequence,
                Status = entry.Cancelled ? "CANCELLED" : entry.Unanswered ? "TENTATIVE" : "CONFIRMED",
            });
        }

        return new CalendarSerializer().SerializeToString(calendar) ?? "";
    }

    private string Describe(FeedEntry entry, string asked)
    {
        var lines = new StringBuilder();
        if (entry.Cancelled) lines.AppendLine(texts["Feed.Cancelled"]);
        if (entry.Unanswered) lines.AppendLine(texts["Feed.Unanswered"]);
        if (!string.IsNullOrWhiteSpace(entry.MeetAt)) lines.AppendLine(texts["Feed.MeetAt", entry.MeetAt]);
        if (!string.IsNullOrWhiteSpace(entry.Bring)) lines.AppendLine(texts["Feed.Bring", entry.Bring]);
        return lines.Append(address.Of(entry.Path, asked)).ToString().ReplaceLineEndings("\n");
    }
}
