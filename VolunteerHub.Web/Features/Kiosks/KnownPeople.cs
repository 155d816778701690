using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Cards;

namespace VolunteerHub.Web.Features.Kiosks;

/// <summary>Whom the moments of an upload name, by tile or by card, looked up for all of them at once.</summary>
internal sealed class KnownPeople
{
    private readonly Dictionary<VolunteerId, string> _names;
    private readonly Dictionary<string, (VolunteerId Who, VolunteerStatus Status)> _cards;
    private readonly Dictionary<string, (VolunteerId Who, DateTimeOffset At)> _revoked;

    private KnownPeople(
        Dictionary<VolunteerId, string> names, Dictionary<string, (VolunteerId, VolunteerStatus)> cards, Dictionary<string, (VolunteerId, DateTimeOffset)> revoked) =>
        (_names, _cards, _revoked) = (names, cards, revoked);

    public static async Task<KnownPeople> OfAsync(HubTransaction read, IReadOnlyList<KioskMoment> moments, CancellationToken ct)
    {
        var tapped = moments.Select(m => m.VolunteerId).OfType<Guid>().Select(id => new VolunteerId(id)).Distinct().ToList();
        var names = tapped.Count == 0 ? [] : await read.Db.Volunteers.Where(v => tapped.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var codes = moments.Select(m => HashOf(m.Code)).OfType<string>().Distinct().ToList();
        if (codes.Count == 0) return new(names, [], []);
        var cards = await read.Db.Volunteers.Where(v => codes.Contains(v.PersonalCodeHash!)).ToDictionaryAsync(v => v.PersonalCodeHash!, v => (v.Id, v.Status), ct);
        var revoked = await read.Db.RevokedCodes.Where(c => codes.Contains(c.Hash)).ToDictionaryAsync(c => c.Hash, c => (c.VolunteerId, c.At), ct);
        return new(names, cards, revoked);
    }

    /// <summary>Who is meant, as far as that is known, and why it is not enough.</summary>
    public (VolunteerId? Who, Refusal? Refusal) Find(KioskMoment moment)
    {
        if (moment.VolunteerId is { } id) return _names.ContainsKey(new VolunteerId(id)) ? (new VolunteerId(id), null) : (null, new NotOnRoster());
        // A PIN is asked for at once or not at all.
        if (moment.Proof is not null) return (null, new NotIdentified(CheckInPolicy.Default.PinFailures));
        if (HashOf(moment.Code) is not { } hash) return (null, new CardUnknown());
        if (_cards.TryGetValue(hash, out var card)) return (card.Who, card.Status == VolunteerStatus.Active ? null : new NotActive(card.Status));
        return _revoked.TryGetValue(hash, out var old) ? (old.Who, new CodeRevoked(old.At)) : (null, new CardUnknown());
    }

    /// <summary>The names of these people, whoever named them.</summary>
    public async Task<IReadOnlyDictionary<VolunteerId, string>> NamesAsync(HubTransaction read, IEnumerable<VolunteerId> who, CancellationToken ct)
    {
        var lacking = who.Where(id => !_names.ContainsKey(id)).Distinct().ToList();
        if (lacking.Count > 0)
        {
            foreach (var (id, name) in await read.Db.Volunteers.Where(v => lacking.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct)) _names[id] = name;
        }

        return _names;
    }

    private static string? HashOf(string? typed) => PersonalCode.Read(typed) is { } code ? PersonalCode.HashOf(code) : null;
}
