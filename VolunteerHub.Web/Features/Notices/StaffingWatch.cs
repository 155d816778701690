using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Interceptors;
using VolunteerHub.Web.Features.Cover;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>
/// Looks how published runs ahead are staffed, and tells those who asked for it of changes only. A run that is seen for the first time
/// is told of where it has too few people or every seat taken: that it has enough is what everybody expects, and is news only after it had not.
/// </summary>
public sealed class StaffingWatch(Hub hub, LiveBus live, IStringLocalizer<Texts> texts, ILogger<StaffingWatch> log) : IFollowsNews
{
    public string Name => "staffing";

    public TimeSpan Every => TimeSpan.FromMinutes(10);

    public Task<int> WorkAsync(CancellationToken ct) => WatchAsync(null, ct);

    public Task<int> FollowAsync(IReadOnlyCollection<RunId> touched, CancellationToken ct) => WatchAsync(touched, ct);

    private async Task<int> WatchAsync(IReadOnlyCollection<RunId>? only, CancellationToken ct)
    {
        List<RunId> changed;
        await using (var read = await hub.ReadAsync(Actor.System, ct))
        {
            var now = read.Now;
            var runs = await read.WholeRuns.Where(r => r.Status == RunStatus.Published && r.StartsAt > now && (only == null || only.Contains(r.Id))).ToListAsync(ct);
            var ids = runs.Select(r => r.Id).ToList();
            var seen = await read.Db.StaffingSeen.Where(s => ids.Contains(s.RunId)).ToDictionaryAsync(s => s.RunId, s => s.State, ct);
            changed = [.. runs.Where(r => StateOf(r) is { } state && (!seen.TryGetValue(r.Id, out var before) || before != state)).Select(r => r.Id)];
        }

        var told = await this.EachAsync(changed, id => LookAsync(id, ct), log, ct);
        if (told > 0) live.Announce(new NoticesTouched());
        return told;
    }

    /// <summary>How a published run is staffed: by who is on the published roster, answered or not. Null where it has no posts.</summary>
    public static StaffingNews? StateOf(ServiceRun run)
    {
        var posts = run.Posts.Select(p => (p.Post, Heads: run.PublishedHeads(p.Post))).ToList();
        if (posts.Count == 0) return null;
        return posts.Exists(p => p.Heads < p.Post.Min) ? StaffingNews.Understaffed : posts.TrueForAll(p => p.Heads >= p.Post.Max) ? StaffingNews.Full : StaffingNews.AllClear;
    }

    private async Task<int> LookAsync(RunId id, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.RunAsync(id, ct) is not { Status: RunStatus.Published } run || StateOf(run) is not { } state) return 0;
        var seen = await work.Db.StaffingSeen.FirstOrDefaultAsync(s => s.RunId == id, ct);
        var before = seen?.State;
        if (before == state) return 0;
        if (seen is null) work.Db.StaffingSeen.Add(new StaffingSeen(id, state));
        else seen.Become(state);
        var told = state == StaffingNews.AllClear && before != StaffingNews.Understaffed ? 0 : await TellAsync(work, run, state, ct);
        await work.SaveAsync(null, ct);
        return told;
    }

    private async Task<int> TellAsync(HubTransaction work, ServiceRun run, StaffingNews state, CancellationToken ct)
    {
        var kind = state switch
        {
            StaffingNews.Understaffed => NoticeKind.Understaffed,
            StaffingNews.Full => NoticeKind.FullyStaffed,
            _ => NoticeKind.AllClear,
        };
        var words = state == StaffingNews.Understaffed ? Lacking(run) : null;
        List<TeamId> teams = [run.HostTeamId, .. run.CoTeamIds];
        var today = work.Today;
        var subscribers = await (from s in work.Db.StaffingSubscriptions
                                 join m in work.Db.Memberships on new { s.VolunteerId, s.TeamId } equals new { m.VolunteerId, m.TeamId }
                                 where teams.Contains(s.TeamId) && m.Role != TeamRole.Member && m.Since <= today && (m.Until == null || today < m.Until)
                                 select s).ToListAsync(ct);
        var told = subscribers.Where(s => s.Of.HasFlag(state)).Select(s => s.VolunteerId).Distinct().ToList();
        foreach (var who in told) work.Db.Notices.Add(work.NoticeFor(kind, who, run, null).Saying(words));
        var group = new Notice(kind, null, work.Now, work.Community.DueAt(work.Now, run.StartsAt)) { RunId = run.Id, TeamId = run.HostTeamId };
        work.Db.Notices.Add(group.Saying(words));
        return told.Count + 1;
    }

    private string Lacking(ServiceRun run) => string.Join(
        texts["List.Separator"],
        run.Posts.Select(p => (p.Post, Lacks: p.Post.Min - run.PublishedHeads(p.Post))).Where(p => p.Lacks > 0).Select(p => texts["Notice.Lacks", p.Post.Name, p.Lacks].Value));
}
