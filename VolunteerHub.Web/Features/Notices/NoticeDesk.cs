using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Notifications;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>A text that a leader pastes to somebody.</summary>
/// <param name="Id">The message.</param>
/// <param name="Who">Whom it is for.</param>
/// <param name="Name">Of the person.</param>
/// <param name="Phone">The number, masked; null where there is none.</param>
/// <param name="Team">For which team.</param>
/// <param name="Text">What it tells, without personal links.</param>
/// <param name="Kinds">What is in it.</param>
/// <param name="At">Since when it waits.</param>
/// <param name="SentAt">When it was pasted; null while it waits.</param>
public sealed record PasteView(MessageId Id, VolunteerId Who, string Name, string? Phone, string Team, string Text, IReadOnlyList<NoticeKind> Kinds, DateTimeOffset At, DateTimeOffset? SentAt);

/// <summary>A message that could not be sent.</summary>
/// <param name="Id">The message.</param>
/// <param name="Channel">By which way.</param>
/// <param name="To">The person, or the team whose group it was for.</param>
/// <param name="Text">What it tells.</param>
/// <param name="Failure">Why not.</param>
/// <param name="IsGivenUp">Whether it is not tried any more by itself.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="NextTryAt">When it is tried again.</param>
public sealed record FailedView(MessageId Id, Channel Channel, string To, string Text, DeliveryFailure Failure, bool IsGivenUp, int Tries, DateTimeOffset NextTryAt);

/// <summary>What a leader hears of the staffing of a team's runs.</summary>
public sealed record SubscriptionView(TeamId Team, string Name, StaffingNews Of);

/// <summary>All about notices that somebody who leads looks after.</summary>
/// <param name="Waiting">To be pasted.</param>
/// <param name="Pasted">Pasted in the last hours: can be taken back.</param>
/// <param name="Failed">What could not be sent.</param>
/// <param name="Subscriptions">One for each team that the viewer leads.</param>
public sealed record NoticeDeskView(IReadOnlyList<PasteView> Waiting, IReadOnlyList<PasteView> Pasted, IReadOnlyList<FailedView> Failed, IReadOnlyList<SubscriptionView> Subscriptions);

/// <summary>The desk from which notices go out: of the teams that the viewer leads; the coordinator's has all.</summary>
public sealed class NoticeDesk(Hub hub, MessageWriter writer, PhoneProtector phones)
{
    private const int MostShown = 200;

    /// <summary>How long a text that was pasted can be taken back.</summary>
    private static readonly TimeSpan Undone = TimeSpan.FromHours(12);

    public async Task<Outcome<NoticeDeskView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsStaff) return read.Denied(this);
        var since = (DateTimeOffset?)(read.Now - Undone);
        var mine = read.MessagesLookedAfter();
        var texts = mine.Where(m => m.Channel == Channel.WeChat);
        // Apart: what was pasted today must not push out what still waits.
        List<Message> paste =
        [
            .. await texts.Where(m => m.Status == MessageStatus.Waiting).OrderBy(m => m.At).ThenBy(m => m.Id).Take(MostShown).ToListAsync(ct),
            .. await texts.Where(m => m.Status == MessageStatus.Sent && m.SentAt > since).OrderByDescending(m => m.SentAt).ThenBy(m => m.Id).Take(MostShown).ToListAsync(ct),
        ];
        var failed = await mine.Where(m => m.Channel != Channel.WeChat && (m.Status == MessageStatus.Failed || m.Status == MessageStatus.Waiting && m.Failure != null)).OrderBy(m => m.At).ThenBy(m => m.Id).Take(MostShown).ToListAsync(ct);
        var teams = await read.Db.Teams.ToDictionaryAsync(t => t.Id, t => (t.Name, t.Order), ct);
        var people = paste.Concat(failed).Select(m => m.VolunteerId).OfType<VolunteerId>().Distinct().ToList();
        var who = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).Select(v => new { v.Id, v.Name, v.Phone }).ToDictionaryAsync(v => v.Id, ct);
        var previews = (await writer.PreviewsAsync(read, [.. paste, .. failed], ct)).ToDictionary(t => t.Message.Id);
        var pastes = paste.Where(m => m.VolunteerId is { } id && who.ContainsKey(id) && (m.Status == MessageStatus.Sent || previews[m.Id].Lines.Count > 0)).Select(m => new PasteView(
            m.Id, m.VolunteerId!.Value, who[m.VolunteerId.Value].Name, phones.Masked(who[m.VolunteerId.Value].Phone), TeamName(m.TeamId), previews[m.Id].Text,
            [.. previews[m.Id].Lines.Select(l => l.Notice.Kind).Distinct()], m.At, m.SentAt)).ToList();
        var subscribed = await read.Db.StaffingSubscriptions.Where(s => s.VolunteerId == actor.Id).ToDictionaryAsync(s => s.TeamId, s => s.Of, ct);
        return new NoticeDeskView(
            pastes.FindAll(p => p.SentAt is null), [.. pastes.Where(p => p.SentAt is not null).OrderByDescending(p => p.SentAt)],
            [.. failed.Select(m => new FailedView(
                m.Id, m.Channel, m.VolunteerId is { } id && who.TryGetValue(id, out var person) ? person.Name : TeamName(m.TeamId), previews[m.Id].Text,
                Enum.TryParse<DeliveryFailure>(m.Failure, out var kind) ? kind : DeliveryFailure.Unexpected, m.Status == MessageStatus.Failed, m.Tries, m.NextTryAt))],
            [.. read.Authority.Leads.Where(teams.ContainsKey).OrderBy(t => teams[t].Order).Select(t => new SubscriptionView(t, teams[t].Name, subscribed.GetValueOrDefault(t)))]);

        string TeamName(TeamId? team) => team is { } id && teams.TryGetValue(id, out var found) ? found.Name : "";
    }
}

/// <summary>Whose messages are whose business.</summary>
internal static class MessageRights
{
    /// <summary>Messages of the teams that the actor leads; all of them for the coordinator.</summary>
    public static IQueryable<Message> MessagesLookedAfter(this HubTransaction read)
    {
        if (read.Authority.IsCoordinator) return read.Db.Messages;
        var leads = read.Authority.Leads.Select(t => (TeamId?)t).ToList();
        return read.Db.Messages.Where(m => leads.Contains(m.TeamId));
    }

    /// <summary>Whether the actor looks after this one.</summary>
    public static bool LooksAfter(this HubTransaction work, Message message) =>
        work.Authority.IsCoordinator || message.TeamId is { } team && work.Authority.Leads.Contains(team);
}

/// <summary>What stands at the menu's entry.</summary>
/// <param name="Paste">Texts that wait to be pasted.</param>
/// <param name="Unread">Own notices that were not read.</param>
public sealed record NoticeCountView(int Paste, int Unread)
{
    public int All => Paste + Unread;
}

/// <summary>How many notices wait for somebody who leads.</summary>
public sealed class NoticeCount(Hub hub)
{
    public async Task<Outcome<NoticeCountView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        var paste = await read.MessagesLookedAfter().CountAsync(m => m.Channel == Channel.WeChat && m.Status == MessageStatus.Waiting, ct);
        return new NoticeCountView(paste, await read.Db.Notices.CountAsync(n => n.VolunteerId == actor.Id && n.ReadAt == null, ct));
    }
}
