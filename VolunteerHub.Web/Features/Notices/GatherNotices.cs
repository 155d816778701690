using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Interceptors;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Platform.Notifications;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>
/// Puts notices on their way: all that one receiver was not told yet, once the first of it is due, so that several changes within a few
/// minutes are one message. One receiver, one transaction: killed anywhere, each notice is gathered once.
/// </summary>
public sealed class GatherNotices(Hub hub, LiveBus live, ILogger<GatherNotices> log) : IBackgroundJob
{
    public string Name => "notices";

    public TimeSpan Every => TimeSpan.FromSeconds(30);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        List<(VolunteerId? Who, TeamId? Team)> receivers;
        await using (var read = await hub.ReadAsync(Actor.System, ct)) receivers = await ReceiversAsync(read, ct);
        var done = await this.EachAsync(receivers, to => to.Who is { } person ? GatherForAsync(person, ct) : GatherForGroupAsync(to.Team, ct), log, ct);
        if (done > 0) live.Announce(new NoticesTouched());
        return done;
    }

    private static async Task<List<(VolunteerId?, TeamId?)>> ReceiversAsync(HubTransaction read, CancellationToken ct)
    {
        var now = read.Now;
        var own = read.Db.NoticeChoices.Where(c => c.QuietFrom != null).Select(c => (VolunteerId?)c.VolunteerId);
        var open = await read.Db.Notices.Where(n => n.GatheredAt == null && (n.DueAt <= now || n.VolunteerId != null && own.Contains(n.VolunteerId)))
            .Select(n => new { n.VolunteerId, n.TeamId }).Distinct().ToListAsync(ct);
        return [.. open.Select(n => (n.VolunteerId, n.VolunteerId is null ? n.TeamId : null)).Distinct()];
    }

    private async Task<int> GatherForAsync(VolunteerId who, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var open = await work.Db.Notices.Where(n => n.GatheredAt == null && n.VolunteerId == who).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(ct);
        var choice = await work.Db.NoticeChoices.FirstOrDefaultAsync(c => c.VolunteerId == who, ct);
        if (!await IsDueAsync(work, open, choice, ct)) return 0;
        foreach (var notice in open) notice.Gather(work.Now);
        var wanted = open.FindAll(n => n.Kind != NoticeKind.Reminder || choice?.WantsReminders != false);
        var mailed = choice is { WantsEmail: true, Email: not null } && await work.Db.MailServers.AnyAsync(s => s.IsOn, ct);
        foreach (var team in wanted.GroupBy(n => n.TeamId))
        {
            // Where no mail goes out, whoever wants mails only would hear nothing at all.
            if (choice?.WantsWeChat != false || choice.WantsEmail && !mailed) await PasteAsync(work, who, team.Key, [.. team.Where(n => !n.Kind.IsInboxOnly())], ct);
            // One for each team: if it fails, that team's leaders read it.
            if (mailed && NoticeStory.Shortest(team) is { Count: > 0 } told) work.Db.Messages.Add(new Message(Channel.Email, who, team.Key, [.. told.Select(n => n.Id)], work.Now));
        }

        await work.SaveAsync(null, ct);
        return open.Count;
    }

    /// <summary>Whether the first of them is due; somebody's own quiet hours count in place of the community's.</summary>
    private static async Task<bool> IsDueAsync(HubTransaction work, List<Notice> open, NoticeChoice? choice, CancellationToken ct)
    {
        if (choice?.Quiet is not { } quiet) return open.Exists(n => n.DueAt <= work.Now);
        return (await work.LinesAsync(open, ct)).Exists(l => work.Community.DueAt(l.Notice.At, l.Facts.Slot?.Start, quiet) <= work.Now);
    }

    /// <summary>One text to paste for each person and team: what was not pasted yet is told anew, with what is new.</summary>
    private static async Task PasteAsync(HubTransaction work, VolunteerId who, TeamId? team, IReadOnlyList<Notice> fresh, CancellationToken ct)
    {
        if (fresh.Count == 0) return;
        var waiting = await work.Db.Messages
            .Where(m => m.VolunteerId == who && m.TeamId == team && m.Channel == Channel.WeChat && m.Status == MessageStatus.Waiting).ToListAsync(ct);
        var untold = await work.NoticesAsync([.. waiting.SelectMany(m => m.Notices)], ct);
        foreach (var message in waiting) message.Drop();
        if (NoticeStory.Shortest([.. untold, .. fresh]) is { Count: > 0 } told)
            work.Db.Messages.Add(new Message(Channel.WeChat, who, team, [.. told.Select(n => n.Id)], work.Now));
    }

    private async Task<int> GatherForGroupAsync(TeamId? team, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        var open = await work.Db.Notices.Where(n => n.GatheredAt == null && n.VolunteerId == null && n.TeamId == team).OrderBy(n => n.At).ThenBy(n => n.Id).ToListAsync(ct);
        if (!open.Exists(n => n.DueAt <= work.Now)) return 0;
        foreach (var notice in open) notice.Gather(work.Now);
        if (await work.Db.TeamRobots.AnyAsync(r => r.TeamId == team && r.IsOn, ct))
            work.Db.Messages.Add(new Message(Channel.Robot, null, team, [.. NoticeStory.Shortest(open).Select(n => n.Id)], work.Now));
        await work.SaveAsync(null, ct);
        return open.Count;
    }
}
