using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>Somebody who may be added to a team.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">Masked where a leader knew the number only.</param>
/// <param name="Number">志愿者编号.</param>
/// <param name="Phone">Masked.</param>
/// <param name="IsMember">Whether the person is in the team already.</param>
public sealed record FoundPerson(VolunteerId Id, string Name, string Number, string? Phone, bool IsMember);

/// <summary>
/// Finds people to add to a team. The coordinator finds everybody by any part of the name; a leader only who is known already:
/// by the whole number, the whole phone number, or number and name together, so that nobody browses other teams' people.
/// </summary>
public sealed class MemberSearch(Hub hub, PhoneProtector phones)
{
    public async Task<Outcome<IReadOnlyList<FoundPerson>>> LoadAsync(Actor actor, TeamId teamId, string typed, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.MayLead(teamId)) return read.Denied(this, teamId);
        var found = await read.FindPeopleAsync(phones, typed, ct);
        var ids = found.ConvertAll(f => f.Who.Id);
        var today = read.Today;
        var members = await read.Db.Memberships.Where(m => m.TeamId == teamId && ids.Contains(m.VolunteerId) && (m.Until == null || today < m.Until)).Select(m => m.VolunteerId).ToListAsync(ct);
        return found.ConvertAll(f => new FoundPerson(
            f.Who.Id, f.KnownByName ? f.Who.Name : MaskedName.Of(f.Who.Name), f.Who.Number, f.KnownByName ? phones.Masked(f.Who.Phone) : null, members.Contains(f.Who.Id)));
    }
}

/// <summary>Which people somebody may find who keeps a team's list.</summary>
internal static partial class PeopleFinder
{
    private const int Most = 10;
    private const int TailDigits = 4;

    /// <summary>People for what was typed, and whether it told that their name, or their phone number, is known.</summary>
    public static async Task<List<(Volunteer Who, bool KnownByName)>> FindPeopleAsync(this HubTransaction read, PhoneProtector phones, string typed, CancellationToken ct)
    {
        var text = PersonNames.Searchable(typed);
        if (text.Length == 0) return [];
        var live = read.Db.Volunteers.Where(v => v.Status != VolunteerStatus.Left && v.MergedInto == null && v.ErasedAt == null);
        if (!read.Authority.IsCoordinator) live = live.Where(v => v.Kind == VolunteerKind.Member);
        if (Number().Match(text) is { Success: true } number)
        {
            var wanted = number.Value;
            var name = text.Remove(number.Index, number.Length);
            var ids = read.Db.SearchTerms.Where(t => t.Term == wanted).Select(t => t.VolunteerId);
            var people = await live.Where(v => ids.Contains(v.Id)).ToListAsync(ct);
            return people.FindAll(p => name.Length == 0 || PersonNames.Searchable(p.Name) == name).ConvertAll(p => (p, name.Length > 0 || read.Authority.IsCoordinator));
        }

        if (PhoneNumberReader.Read(text) is { } e164)
        {
            var index = phones.WholeIndex(e164);
            var people = await live.Where(v => v.Phone!.WholeIndex == index).ToListAsync(ct);
            if (people.Count > 0) return people.ConvertAll(p => (p, true));
        }

        if (!read.Authority.IsCoordinator) return [];
        var (from, to) = (text, text + '\uFFFF');
        var terms = read.Db.SearchTerms.Where(t => t.Term.CompareTo(from) >= 0 && t.Term.CompareTo(to) < 0).Select(t => t.VolunteerId);
        var tail = text.Length == TailDigits && text.All(char.IsAsciiDigit) ? phones.TailIndex(text) : null;
        var all = await live.Where(v => terms.Contains(v.Id) || tail != null && v.Phone!.TailIndex == tail).OrderBy(v => v.Number).Take(Most).ToListAsync(ct);
        return all.ConvertAll(p => (p, true));
    }

    [GeneratedRegex(@"\d{4}-\d{4,}")]
    private static partial Regex Number();
}
