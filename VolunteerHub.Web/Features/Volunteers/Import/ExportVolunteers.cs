using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>Which people are written to a file, and how much of them.</summary>
/// <param name="Filter">Who, in which order.</param>
/// <param name="Only">Of these only those, where some were picked.</param>
/// <param name="Format">As what.</param>
/// <param name="Phones">Whole phone numbers; else they are masked.</param>
/// <param name="Private">Also date of birth, address, emergency contact and guardian.</param>
public sealed record PeopleExport(PeopleFilter Filter, IReadOnlyCollection<VolunteerId> Only, TableFormat Format, bool Phones, bool Private);

/// <summary>
/// Writes people to a file, under the headers that the import knows, so that it can come back. Only people whom the
/// actor may read; ethnicity and document numbers never. That it was done is audited, without anybody's data.
/// </summary>
public sealed class ExportVolunteers(Hub hub, PhoneProtector phones, FieldProtector fields)
{
    private const int ReadAtOnce = 500;
    private const string Separator = "\u3001";

    private static readonly ImportField[] Always =
    [
        ImportField.Number, ImportField.Name, ImportField.Phone, ImportField.Team, ImportField.Sex, ImportField.Political, ImportField.Unit,
        ImportField.Skills, ImportField.Languages, ImportField.Interests, ImportField.Tags, ImportField.JoinedOn, ImportField.InsuredUntil,
    ];

    private static readonly ImportField[] OnRequest = [ImportField.BornOn, ImportField.EmergencyContact, ImportField.Address, ImportField.Guardian];

    /// <param name="actor">Who exports.</param>
    /// <param name="what">Whom and what.</param>
    /// <param name="stream">Where to; a file or memory.</param>
    /// <param name="ct">Gives up; then nothing is noted, and what was written must not be handed out.</param>
    /// <returns>How many people are in the file.</returns>
    public async Task<Outcome<int>> RunAsync(Actor actor, PeopleExport what, Stream stream, CancellationToken ct = default)
    {
        int count;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            if (!read.Authority.ReadsAll && read.Authority.Leads.Count == 0) return read.Denied(this);
            var ids = await Chosen(read, what).Select(v => v.Id).ToListAsync(ct);
            count = ids.Count;
            ImportField[] columns = what.Private ? [.. Always, .. OnRequest] : Always;
            await TableFile.WriteAsync(stream, what.Format, [.. columns.Select(ImportWords.Known.HeaderOf)], RowsAsync(read, ids, columns, what, ct), ct);
        }

        // Noted before it is handed out: there is no file of people of which the audit does not know.
        await using var work = await hub.BeginAsync(actor, ct);
        work.Note(AuditActions.Exported, nameof(Volunteer), "", JsonSerializer.Serialize(new
        {
            Count = count,
            Filter = (what.Filter with { Search = null, Page = null }).ToQuery(),
            Searched = what.Filter.Search is not null,
            Picked = what.Only.Count,
            what.Format,
            what.Phones,
            what.Private,
        }));
        await work.SaveAsync(null, ct);
        return count;
    }

    private IQueryable<Volunteer> Chosen(HubTransaction read, PeopleExport what)
    {
        var people = PeopleQueries.Matching(read, what.Filter, phones);
        if (what.Only.Count > 0) people = people.Where(v => what.Only.Contains(v.Id));
        return (what.Filter.Sort, what.Filter.Descending) switch
        {
            (PeopleSort.Number, false) => people.OrderBy(v => v.Number),
            (PeopleSort.Number, true) => people.OrderByDescending(v => v.Number),
            (PeopleSort.Joined, false) => people.OrderBy(v => v.JoinedOn).ThenBy(v => v.Id),
            (PeopleSort.Joined, true) => people.OrderByDescending(v => v.JoinedOn).ThenByDescending(v => v.Id),
            (_, false) => people.OrderBy(v => EF.Property<string>(v, VolunteerConfiguration.NameKey)).ThenBy(v => v.Id),
            _ => people.OrderByDescending(v => EF.Property<string>(v, VolunteerConfiguration.NameKey)).ThenByDescending(v => v.Id),
        };
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> RowsAsync(
        HubTransaction read, List<VolunteerId> ids, ImportField[] columns, PeopleExport what, [EnumeratorCancellation] CancellationToken ct)
    {
        var today = read.Today;
        foreach (var block in ids.Chunk(ReadAtOnce))
        {
            var people = await read.Db.Volunteers.Where(v => block.Contains(v.Id)).Include(v => v.Tags).AsNoTracking().ToDictionaryAsync(v => v.Id, ct);
            var teams = (await (from m in read.Db.Memberships
                                join t in read.Db.Teams on m.TeamId equals t.Id
                                where block.Contains(m.VolunteerId) && m.Since <= today && (m.Until == null || today < m.Until)
                                orderby t.Order
                                select new { m.VolunteerId, t.Name }).ToListAsync(ct)).ToLookup(m => m.VolunteerId, m => m.Name);
            foreach (var who in block.Select(people.GetValueOrDefault).OfType<Volunteer>()) yield return [.. columns.Select(c => Cell(who, c, teams[who.Id], what.Phones))];
        }
    }

    private string? Cell(Volunteer who, ImportField field, IEnumerable<string> teams, bool whole) => field switch
    {
        ImportField.Number => who.Number,
        ImportField.Name => who.Name,
        ImportField.Phone => who.Phone is null ? null : whole ? PhoneNumberReader.National(phones.Reveal(who.Phone)) : phones.Masked(who.Phone),
        ImportField.Team => string.Join(Separator, teams.Distinct()),
        ImportField.Sex => who.Sex is { } sex ? ImportWords.Known.WordFor(sex) : null,
        ImportField.Political => who.Political is { } political ? ImportWords.Known.WordFor(political) : null,
        ImportField.Unit => who.Unit,
        ImportField.Skills => string.Join(Separator, who.Skills),
        ImportField.Languages => string.Join(Separator, who.Languages.Select(ImportWords.Known.WordForLanguage)),
        ImportField.Interests => string.Join(Separator, [.. who.InterestLines.Select(ImportWords.Known.WordFor), .. Targets(who.InterestHelps).Select(ImportWords.Known.WordFor)]),
        ImportField.Tags => string.Join(Separator, who.Tags.Select(t => t.Name).Order(StringComparer.Ordinal)),
        ImportField.JoinedOn => who.JoinedOn == default ? null : Day(who.JoinedOn),
        ImportField.InsuredUntil => Day(who.InsuredUntil),
        ImportField.BornOn => fields.Reveal(who.BornOn),
        ImportField.EmergencyContact => fields.Reveal(who.EmergencyContact),
        ImportField.Address => fields.Reveal(who.Address),
        ImportField.Guardian => fields.Reveal(who.Guardian),
        _ => throw new InvalidOperationException($"{field} is not exported."),
    };

    private static IEnumerable<HelpTargets> Targets(HelpTargets helps) => Enum.GetValues<HelpTargets>().Where(h => h != HelpTargets.None && helps.HasFlag(h));

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
