using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Hours;
using VolunteerHub.Web.Features.Hours.Evaluations;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Reports.Archives;

/// <summary>Records as sheets of a workbook, read some people at a time while they are written.</summary>
internal sealed class ArchiveRows(HubTransaction read, PhoneProtector phones, IStringLocalizer<Texts> texts, ArchiveWish wish)
{
    private const int ReadAtOnce = 300;

    private Dictionary<TeamId, string> _teams = [];
    private ILookup<TeamId, Membership> _leaders = Array.Empty<Membership>().ToLookup(m => m.TeamId);
    private WorkCalendar _calendar = null!;

    public async Task<IReadOnlyList<SheetOfRows>> SheetsAsync(CancellationToken ct)
    {
        _teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        _leaders = (await read.Db.Memberships.AsNoTracking().Where(m => m.Role == TeamRole.Leader).ToListAsync(ct)).ToLookup(m => m.TeamId);
        _calendar = await read.WorkCalendarAsync(ct);
        return [.. Enum.GetValues<ArchiveSheet>().Select(sheet => (Sheet: sheet, Columns: ArchiveParts.Columns[sheet])).Select(s => new SheetOfRows(
            new TableShape(texts[$"ArchiveSheet.{s.Sheet}"], column => ArchiveParts.Numbers.Contains(s.Columns[column])), [.. s.Columns.Select(c => texts[$"ArchiveColumn.{c}"].Value)], RowsAsync(s.Sheet, ct)))];
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(ArchiveSheet sheet, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var block in wish.People.Chunk(ReadAtOnce))
        {
            var people = (await read.WholeVolunteers().AsNoTracking().Where(v => block.Contains(v.Id)).ToListAsync(ct)).ToDictionary(v => v.Id);
            IEnumerable<(VolunteerId Who, IReadOnlyList<string?> Cells)> rows = sheet switch
            {
                ArchiveSheet.Basics => await BasicsAsync(block, ct),
                ArchiveSheet.Service => await ServiceAsync(block, ct),
                ArchiveSheet.Training => people.Values.SelectMany(v => v.Trainings.Where(t => wish.Takes(t.On)).OrderBy(t => t.On).Select(t => (v.Id, (IReadOnlyList<string?>)[t.Title, Day(t.On), t.Hours?.ToString("0.#", CultureInfo.InvariantCulture), t.Organiser]))),
                ArchiveSheet.Awards => people.Values.SelectMany(v => v.Awards.Where(a => wish.Takes(a.On)).OrderBy(a => a.On).Select(a => (v.Id, (IReadOnlyList<string?>)[a.Title, Day(a.On), a.Issuer]))),
                _ => await EvaluationsAsync(block, ct),
            };
            var byPerson = rows.ToLookup(r => r.Who, r => r.Cells);
            foreach (var who in block.Select(people.GetValueOrDefault).OfType<Volunteer>())
            {
                if (sheet == ArchiveSheet.Basics) yield return [who.Number, who.Name, .. Own(who), .. byPerson[who.Id].Single()];
                else foreach (var cells in byPerson[who.Id]) yield return [who.Number, who.Name, .. cells];
            }
        }
    }

    /// <summary>What stands in the record itself, as far as the first part holds it.</summary>
    private IEnumerable<string?> Own(Volunteer who) =>
    [
        who.Sex is { } sex ? texts[$"Sex.{sex}"].Value : null,
        who.Phone is null ? null : wish.Phones ? PhoneNumberReader.National(phones.Reveal(who.Phone)) : phones.Masked(who.Phone),
        who.Political is { } political ? texts[$"PoliticalStatus.{political}"].Value : null, who.Unit, Join(who.Skills), Join(who.Languages.Select(l => texts[$"Language.{l}"].Value)),
        Join(who.Qualifications.Where(q => q.ValidOn(read.Today)).Select(q => q.Kind)),
    ];

    private async Task<IEnumerable<(VolunteerId Who, IReadOnlyList<string?> Cells)>> BasicsAsync(VolunteerId[] block, CancellationToken ct)
    {
        var today = read.Today;
        var hours = await read.Db.HourEntries.Where(h => block.Contains(h.VolunteerId) && h.Status == HourStatus.Final).GroupBy(h => h.VolunteerId).Select(g => new { g.Key, Seconds = g.Sum(h => h.CreditedSeconds) }).ToDictionaryAsync(g => g.Key, g => g.Seconds, ct);
        var places = (await read.Db.Memberships.AsNoTracking().Where(m => block.Contains(m.VolunteerId) && m.Since <= today && (m.Until == null || today < m.Until)).ToListAsync(ct)).ToLookup(m => m.VolunteerId);
        var people = await read.Db.Volunteers.Where(v => block.Contains(v.Id)).Select(v => new { v.Id, v.JoinedOn, v.Status }).ToListAsync(ct);
        return people.Select(v => (v.Id, (IReadOnlyList<string?>)
        [
            Join(places[v.Id].Select(m => m.Role == TeamRole.Member ? _teams[m.TeamId] : texts["Archive.TeamRole", _teams[m.TeamId], texts[$"TeamRole.{m.Role}"].Value].Value)),
            v.JoinedOn == default ? null : Day(v.JoinedOn), texts[$"VolunteerStatus.{v.Status}"], Hours(hours.GetValueOrDefault(v.Id)),
        ]));
    }

    /// <summary>Entries that are final, each followed by what corrects it (§13): both versions stay, and add up.</summary>
    private async Task<IEnumerable<(VolunteerId Who, IReadOnlyList<string?> Cells)>> ServiceAsync(VolunteerId[] block, CancellationToken ct)
    {
        var published = Assignment.Published;
        var entries = await (from h in read.Db.HourEntries
                             join r in read.Db.Runs on h.RunId equals r.Id
                             join s in read.Db.Sites on r.SiteId equals s.Id
                             where block.Contains(h.VolunteerId) && h.Status == HourStatus.Final
                             orderby r.StartsAt, h.RunId, h.Corrects != null, h.ProposedAt
                             select new { h.VolunteerId, h.RunId, h.CreditedSeconds, h.Corrects, h.Because, r.Title, r.StartsAt, r.Line, r.HostTeamId, Site = s.Name }).ToListAsync(ct);
        var runs = entries.Select(e => e.RunId).Distinct().ToList();
        var seats = await (from a in read.Db.Assignments
                           join p in read.Db.Set<Post>() on a.PostId equals p.Id
                           where runs.Contains(a.RunId) && published.Contains(a.Status) && (p.IsLead || block.Contains(a.VolunteerId))
                           select new { a.RunId, a.VolunteerId, p.Name, p.IsLead }).ToListAsync(ct);
        var (posts, leads) = (seats.ToLookup(s => (s.RunId, s.VolunteerId), s => s.Name), seats.Where(s => s.IsLead).ToLookup(s => s.RunId, s => s.VolunteerId));
        var inCharge = entries.DistinctBy(e => e.RunId).ToDictionary(e => e.RunId, e => InCharge(leads[e.RunId], e.HostTeamId, DayOf(e.StartsAt)));
        var names = await NamesAsync([.. inCharge.Values.SelectMany(w => w)], ct);
        return entries.Where(e => wish.Takes(DayOf(e.StartsAt))).Select(e => (e.VolunteerId, (IReadOnlyList<string?>)
        [
            e.Title, Day(DayOf(e.StartsAt)), e.Site, Join([.. e.Line is { } line ? [texts[$"ServiceLine.{line}"].Value] : Array.Empty<string>(), .. posts[(e.RunId, e.VolunteerId)].Distinct()]), Hours(e.CreditedSeconds),
            texts["Archive.Organiser", read.Community.Issuer, _teams[e.HostTeamId]], Join(inCharge[e.RunId].Select(w => names.GetValueOrDefault(w, ""))),
            e.Corrects is not null ? texts["Archive.Correction", e.Because ?? ""].Value : e.Because is { } why ? texts["Archive.FilledIn", why].Value : null,
        ]));
    }

    private async Task<IEnumerable<(VolunteerId Who, IReadOnlyList<string?> Cells)>> EvaluationsAsync(VolunteerId[] block, CancellationToken ct)
    {
        var said = await (from e in read.Db.Evaluations
                          join r in read.Db.Runs on e.RunId equals r.Id
                          where block.Contains(e.VolunteerId)
                          orderby r.StartsAt
                          select new { e.VolunteerId, e.RunId, e.Grade, e.Remark, e.EvaluatedBy, e.EvaluatedAt, r.Title, r.StartsAt, r.EndsAt }).ToListAsync(ct);
        var helped = await read.HelpedRatingsAsync([.. said.Select(e => e.RunId).Distinct()], ct);
        var names = await NamesAsync([.. said.Select(e => e.EvaluatedBy)], ct);
        return said.Where(e => wish.Takes(DayOf(e.StartsAt))).Select(e => (e.VolunteerId, (IReadOnlyList<string?>)
        [
            e.Title, Day(DayOf(e.StartsAt)), texts[$"EvaluationGrade.{e.Grade}"], e.Remark, names.GetValueOrDefault(e.EvaluatedBy), Day(DayOf(e.EvaluatedAt)),
            Join(helped[e.RunId].Select(h => h.Stars.ToString(CultureInfo.InvariantCulture))), DayOf(e.EvaluatedAt) > read.ConfirmBy(e.EndsAt, _calendar) ? texts["Archive.Late"].Value : null,
        ]));
    }

    /// <summary>负责人: who held the lead post, or else who led the host team on that day.</summary>
    private IReadOnlyList<VolunteerId> InCharge(IEnumerable<VolunteerId> leads, TeamId host, DateOnly day) =>
        leads.Distinct().ToList() is { Count: > 0 } led ? led : [.. _leaders[host].Where(m => m.InForceOn(day)).Select(m => m.VolunteerId).Take(1)];

    private Task<Dictionary<VolunteerId, string>> NamesAsync(IReadOnlyCollection<VolunteerId> who, CancellationToken ct)
    {
        var ids = who.Distinct().ToList();
        return read.Db.Volunteers.Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
    }

    private DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, read.Zone).DateTime);

    private string Join(IEnumerable<string> words) => string.Join(texts["List.Separator"], words);

    private static string Day(DateOnly day) => ReportScope.Text(day);

    private static string Hours(long seconds) => CommunityTime.Hours(TimeSpan.FromSeconds(seconds));
}
