using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Cards;

/// <summary>A personal code that was just issued: shown this once, kept as a hash.</summary>
public sealed record IssuedCode(VolunteerId Id, string Name, string Number, string Code);

/// <summary>New personal codes for people, to be printed. Their earlier cards stop working.</summary>
public sealed class IssuePersonalCodes(Hub hub)
{
    /// <param name="actor">Who issues.</param>
    /// <param name="people">For whom: all of them people whom the actor looks after.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<IReadOnlyList<IssuedCode>>> RunAsync(Actor actor, IReadOnlyCollection<VolunteerId> people, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator && work.Authority.Leads.Count == 0) return work.Denied(this);
        var issued = new List<IssuedCode>();
        foreach (var id in people.Distinct())
        {
            var kept = await work.KeptAsync(this, id, ct);
            if (kept.Refused) return kept.Refusal;
            if (kept.Value.Status != VolunteerStatus.Active) return new NotActive(kept.Value.Status);
            var code = PersonalCode.New();
            work.NoteOldCode(kept.Value);
            kept.Value.IssueCode(PersonalCode.HashOf(code), work.Now);
            issued.Add(new IssuedCode(id, kept.Value.Name, kept.Value.Number, code));
        }

        await work.SavePeopleAsync(ct);
        return issued;
    }
}

/// <summary>A lost card is made worthless without a new one.</summary>
public sealed class RevokePersonalCode(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var kept = await work.KeptAsync(this, id, ct);
        if (kept.Refused) return kept.Refusal;
        work.NoteOldCode(kept.Value);
        kept.Value.RevokeCode();
        return await work.SavePeopleAsync(ct);
    }
}

/// <summary>Old codes are remembered by their hash.</summary>
internal static class OldCodes
{
    /// <summary>Whoever shows the old card at a door is told that it was replaced, and not that nobody has it.</summary>
    public static void NoteOldCode(this HubTransaction work, Volunteer who)
    {
        if (who.PersonalCodeHash is { } hash) work.Db.RevokedCodes.Add(new RevokedCode(hash, who.Id, work.Now));
    }
}

/// <summary>Somebody for whom a card can be printed.</summary>
public sealed record CardHolder(VolunteerId Id, string Name, string Number, bool HasPhone, DateTimeOffset? IssuedAt);

/// <param name="Team">Of the whole team; null for one person.</param>
public sealed record CardsView(string? Team, IReadOnlyList<CardHolder> People);

/// <summary>The people of a team, or one person, for whom a leader prints cards.</summary>
public sealed class CardHolders(Hub hub)
{
    public async Task<Outcome<CardsView>> LoadAsync(Actor actor, TeamId? teamId, VolunteerId? volunteerId, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (volunteerId is { } id)
        {
            var kept = await read.KeptAsync(this, id, ct);
            return kept.Refused ? kept.Refusal : new CardsView(null, [Holder(kept.Value)]);
        }

        if (teamId is not { } chosen || !read.Authority.MayLead(chosen)) return read.Denied(this, teamId);
        if (await read.Db.Teams.FirstOrDefaultAsync(t => t.Id == chosen, ct) is not { } team) return new TeamNotFound();
        var today = read.Today;
        var members = read.Db.Memberships.Where(m => m.TeamId == chosen && m.Since <= today && (m.Until == null || today < m.Until)).Select(m => m.VolunteerId);
        var people = await read.Db.Volunteers.Where(v => members.Contains(v.Id) && v.Status == VolunteerStatus.Active && (v.Kind == VolunteerKind.Member || read.Authority.IsCoordinator)).OrderBy(v => v.Number).ToListAsync(ct);
        return new CardsView(team.Name, people.ConvertAll(Holder));
    }

    private static CardHolder Holder(Volunteer who) => new(who.Id, who.Name, who.Number, who.Phone is not null, who.PersonalCodeIssuedAt);
}
