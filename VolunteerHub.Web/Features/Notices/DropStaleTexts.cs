using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>Takes texts off the desk that nobody pasted and nobody needs any more: all of it is answered, or the duty began.</summary>
public sealed class DropStaleTexts(Hub hub, LiveBus live) : IBackgroundJob
{
    public string Name => "stale-texts";

    public TimeSpan Every => TimeSpan.FromMinutes(5);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        HashSet<MessageId> over;
        await using (var read = await hub.ReadAsync(Actor.System, ct))
        {
            var waiting = await read.Db.Messages.Where(m => m.Channel == Channel.WeChat && m.Status == MessageStatus.Waiting).ToListAsync(ct);
            if (waiting.Count == 0) return 0;
            var lines = (await read.LinesAsync(await read.NoticesAsync([.. waiting.SelectMany(m => m.Notices)], ct), ct)).ToDictionary(l => l.Notice.Id);
            over = [.. waiting.Where(m => m.Notices.All(n => !lines.TryGetValue(n, out var line) || line.IsOver)).Select(m => m.Id)];
        }

        if (over.Count == 0) return 0;
        await using var work = await hub.BeginAsync(Actor.System, ct);
        foreach (var message in await work.Db.Messages.Where(m => over.Contains(m.Id) && m.Status == MessageStatus.Waiting).ToListAsync(ct)) message.Drop();
        await work.SaveAsync(null, ct);
        live.Announce(new NoticesTouched());
        return over.Count;
    }
}
