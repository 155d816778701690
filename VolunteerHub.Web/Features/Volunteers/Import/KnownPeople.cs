using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>A person on record.</summary>
/// <param name="Who">The record.</param>
/// <param name="Teams">Teams today.</param>
/// <param name="Mine">Whether the one who imports may change the record.</param>
internal sealed record KnownPerson(Volunteer Who, IReadOnlySet<TeamId> Teams, bool Mine);

/// <summary>Who on record might be meant by some rows, found with a handful of questions however many rows they are.</summary>
internal sealed class KnownPeople
{
    private readonly Dictionary<string, KnownPerson> _byPhone = [];
    private readonly Dictionary<string, KnownPerson> _byNumber = [];
    private readonly Dictionary<string, List<KnownPerson>> _byName = [];

    public static async Task<KnownPeople> LoadAsync(HubTransaction work, IReadOnlyList<ParsedRow> rows, PhoneProtector phones, CancellationToken ct)
    {
        var db = work.Db;
        var numbers = rows.Select(r => r.Number).OfType<string>();
        var terms = rows.Select(r => PersonNames.Searchable(r.Name)).Concat(numbers).Where(t => t.Length > 0).Distinct().ToList();
        var indexes = rows.Select(r => r.Phone).OfType<string>().Distinct().Select(phones.WholeIndex).ToList();
        var ids = await db.SearchTerms.Where(t => terms.Contains(t.Term)).Select(t => t.VolunteerId).ToListAsync(ct);
        ids.AddRange(await db.Volunteers.Where(v => indexes.Contains(v.Phone!.WholeIndex)).Select(v => v.Id).ToListAsync(ct));
        ids = [.. ids.Distinct()];
        var people = await db.Volunteers.Where(v => ids.Contains(v.Id)).Include(v => v.Tags).Include(v => v.Consents).AsSplitQuery().ToListAsync(ct);
        var today = work.Today;
        var teams = (await db.Memberships.Where(m => ids.Contains(m.VolunteerId) && m.Since <= today && (m.Until == null || today < m.Until))
                .Select(m => new { m.VolunteerId, m.TeamId }).ToListAsync(ct))
            .ToLookup(m => m.VolunteerId, m => m.TeamId);
        var known = new KnownPeople();
        foreach (var who in people) known.Add(new KnownPerson(who, teams[who.Id].ToHashSet(), work.Authority.MayLookAfter(teams[who.Id])));
        return known;
    }

    public KnownPerson? WithPhone(string index) => _byPhone.GetValueOrDefault(index);

    public KnownPerson? WithNumber(string number) => _byNumber.GetValueOrDefault(number);

    public IReadOnlyList<KnownPerson> Named(string name) => _byName.GetValueOrDefault(PersonNames.Searchable(name), []);

    private void Add(KnownPerson person)
    {
        if (person.Who.Phone is { } phone) _byPhone[phone.WholeIndex] = person;
        foreach (var number in person.Who.FormerNumbers) _byNumber.TryAdd(number, person);
        _byNumber[person.Who.Number] = person;
        if (!person.Who.IsLive) return;
        var name = PersonNames.Searchable(person.Who.Name);
        if (!_byName.TryGetValue(name, out var same)) _byName[name] = same = [];
        same.Add(person);
    }
}
