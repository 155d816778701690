using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Configurations;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers;

/// <summary>A qualification as a list shows it.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Valid">Whether it holds today.</param>
public sealed record QualificationFact(string Kind, bool Valid);

/// <summary>A person as a row of the list.</summary>
/// <param name="Id">The volunteer.</param>
/// <param name="Number">志愿者编号.</param>
/// <param name="Name">Name.</param>
/// <param name="Kind">Member or guest.</param>
/// <param name="Status">Status.</param>
/// <param name="IsErased">Whether the personal data is gone.</param>
/// <param name="JoinedOn">First day in the community; null where it is not known.</param>
/// <param name="Phone">Masked; null where none is on record.</param>
/// <param name="Teams">Teams of which the person is a member today.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Qualifications">Qualifications, each kind once.</param>
public sealed record PersonRow(
    VolunteerId Id,
    string Number,
    string Name,
    VolunteerKind Kind,
    VolunteerStatus Status,
    bool IsErased,
    DateOnly? JoinedOn,
    string? Phone,
    IReadOnlyList<TeamChoice> Teams,
    IReadOnlyList<string> Tags,
    IReadOnlyList<QualificationFact> Qualifications);

/// <summary>A page of the list.</summary>
/// <param name="Rows">At most <see cref="PeopleList.PageSize"/>.</param>
/// <param name="Earlier">The page before; null on the first one.</param>
/// <param name="Later">The page after; null on the last one.</param>
public sealed record PeoplePage(IReadOnlyList<PersonRow> Rows, PageKey? Earlier, PageKey? Later);

/// <summary>
/// The list of people, a page at a time: everybody for coordinator and auditor, members of own teams for leaders.
/// A page begins beside a key and is read from an index in its order, so that the last page costs what the first does.
/// </summary>
public sealed class PeopleList(Hub hub, PhoneProtector phones)
{
    public const int PageSize = 50;

    public async Task<Outcome<PeoplePage>> LoadAsync(Actor actor, PeopleFilter filter, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var people = await PeopleQueries.PlannedAsync(read, filter, phones, ct);
        var place = filter.Page is { Side: not PageSide.End } key ? await PlaceAsync(read, key.Number, ct) : null;
        // Where the person beside whom the page began is out of sight, the list begins at its beginning.
        var page = place is null && filter.Page?.Side != PageSide.End ? null : filter.Page;
        var backward = page?.Side is PageSide.Before or PageSide.End;
        var found = await RowsAsync(read, Ordered(people, filter, backward, place), ct);
        var more = found.Count > PageSize;
        // The page before the second one is the first one, however few people are left before its key.
        if (page?.Side == PageSide.Before && !more) return await FirstPageAsync(read, people, filter, ct);
        if (more) found.RemoveAt(PageSize);
        if (backward) found.Reverse();
        var (earlier, later) = backward ? (more, page!.Side == PageSide.Before) : (page is not null, more);
        return new PeoplePage(
            found,
            earlier && found.Count > 0 ? PageKey.Before(found[0].Number) : null,
            later && found.Count > 0 ? PageKey.After(found[^1].Number) : null);
    }

    private async Task<Outcome<PeoplePage>> FirstPageAsync(HubTransaction read, IQueryable<Volunteer> people, PeopleFilter filter, CancellationToken ct)
    {
        var found = await RowsAsync(read, Ordered(people, filter, false, null), ct);
        var more = found.Count > PageSize;
        if (more) found.RemoveAt(PageSize);
        return new PeoplePage(found, null, more ? PageKey.After(found[^1].Number) : null);
    }

    private static IQueryable<Volunteer> Ordered(IQueryable<Volunteer> people, PeopleFilter filter, bool backward, Place? place) =>
        PeopleOrder.Of(people, filter.Sort, filter.Descending != backward, place);

    /// <summary>Where in each order a person stands, if the actor may read them.</summary>
    private static Task<Place?> PlaceAsync(HubTransaction read, string number, CancellationToken ct) =>
        PeopleQueries.Readable(read).Where(v => v.Number == number)
            .Select(v => new Place(EF.Property<string>(v, VolunteerConfiguration.NameKey), v.Number, v.JoinedOn, v.Id)).FirstOrDefaultAsync(ct)!;

    private async Task<List<PersonRow>> RowsAsync(HubTransaction read, IQueryable<Volunteer> ordered, CancellationToken ct)
    {
        var people = await ordered.Take(PageSize + 1)
            .Select(v => new { v.Id, v.Number, v.Name, v.Kind, v.Status, v.ErasedAt, v.JoinedOn, v.Phone }).ToListAsync(ct);
        var ids = people.ConvertAll(p => p.Id);
        var (db, today) = (read.Db, read.Today);
        var members = await db.Memberships.Where(m => ids.Contains(m.VolunteerId) && m.Since <= today && (m.Until == null || m.Until > today))
            .Select(m => new { m.VolunteerId, m.TeamId }).ToListAsync(ct);
        var teams = await db.Teams.OrderBy(t => t.Order).Select(t => new TeamChoice(t.Id, t.Name, t.Code, t.Glyph, t.Colour)).ToListAsync(ct);
        var tags = await db.Set<VolunteerTag>().Where(t => ids.Contains(EF.Property<VolunteerId>(t, "VolunteerId")))
            .Select(t => new { Who = EF.Property<VolunteerId>(t, "VolunteerId"), t.Name }).ToListAsync(ct);
        var qualifications = await db.Set<Qualification>().Where(q => ids.Contains(EF.Property<VolunteerId>(q, "VolunteerId")))
            .Select(q => new { Who = EF.Property<VolunteerId>(q, "VolunteerId"), q.Kind, q.From, q.Until }).ToListAsync(ct);
        var (teamsOf, tagsOf, kindsOf) = (members.ToLookup(m => m.VolunteerId, m => m.TeamId), tags.ToLookup(t => t.Who, t => t.Name), qualifications.ToLookup(q => q.Who));
        return people.ConvertAll(p => new PersonRow(
            p.Id, p.Number, p.Name, p.Kind, p.Status, p.ErasedAt is not null, p.JoinedOn == default ? null : p.JoinedOn, phones.Masked(p.Phone),
            teams.FindAll(t => teamsOf[p.Id].Contains(t.Id)),
            [.. tagsOf[p.Id].Order(StringComparer.Ordinal)],
            [.. kindsOf[p.Id].GroupBy(q => q.Kind).Select(k => new QualificationFact(k.Key, k.Any(q => q.From <= today && (q.Until is null || today <= q.Until)))).OrderBy(k => k.Kind, StringComparer.Ordinal)]));
    }
}
