using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>A notice in somebody's own inbox.</summary>
/// <param name="Id">The notice.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Text">The whole sentence.</param>
/// <param name="At">When it came.</param>
/// <param name="IsRead">Whether it was seen.</param>
/// <param name="IsOpen">Whether it still waits for an answer.</param>
/// <param name="MayAnswer">Whether the own page has it.</param>
/// <param name="RunId">The run.</param>
/// <param name="PostId">The post, for who leads.</param>
public sealed record OwnNoticeView(NoticeId Id, NoticeKind Kind, string Text, DateTimeOffset At, bool IsRead, bool IsOpen, bool MayAnswer, RunId? RunId, PostId? PostId);

/// <summary>How somebody wants to be told.</summary>
/// <param name="Email">The own address; null where there is none.</param>
/// <param name="WantsEmail">Whether mails are sent to it.</param>
/// <param name="WantsWeChat">Whether texts are pasted.</param>
/// <param name="WantsReminders">Whether the day before a duty brings a reminder.</param>
/// <param name="Quiet">Own quiet hours; null where the community's count.</param>
public sealed record NoticeChoiceView(string? Email, bool WantsEmail, bool WantsWeChat, bool WantsReminders, QuietHours? Quiet);

/// <summary>Somebody's own inbox, and how they want to be told.</summary>
/// <param name="Notices">The last of them, the latest first.</param>
/// <param name="Unread">How many were not seen, also older ones.</param>
/// <param name="Choice">How they want to be told.</param>
/// <param name="Usual">The community's quiet hours.</param>
/// <param name="MailIsOn">Whether mails are sent at all.</param>
public sealed record OwnNoticesView(IReadOnlyList<OwnNoticeView> Notices, int Unread, NoticeChoiceView Choice, QuietHours Usual, bool MailIsOn);

/// <summary>Own notices, on My page and on the screens of who leads.</summary>
public sealed class OwnNotices(Hub hub, NoticeTexts words, FieldProtector fields)
{
    private const int MostShown = 50;

    public async Task<Outcome<OwnNoticesView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        var notices = await read.Db.Notices.Where(n => n.VolunteerId == actor.Id).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(MostShown).ToListAsync(ct);
        var reworded = await read.RewordedAsync(ct);
        var lines = await read.LinesAsync(notices, ct);
        var choice = await read.Db.NoticeChoices.FirstOrDefaultAsync(c => c.VolunteerId == actor.Id, ct);
        return new OwnNoticesView(
            [.. lines.Select(l => new OwnNoticeView(
                l.Notice.Id, l.Notice.Kind, words.Sentence(l.Facts, reworded.GetValueOrDefault(l.Notice.Kind), null), l.Notice.At, l.Notice.ReadAt is not null,
                l.Notice.Kind.WantsAnswer() && !l.IsOver, l.MayAnswer && !l.IsOver, l.Notice.RunId, l.Notice.PostId))],
            await read.Db.Notices.CountAsync(n => n.VolunteerId == actor.Id && n.ReadAt == null, ct),
            new NoticeChoiceView(fields.Reveal(choice?.Email), choice?.WantsEmail == true, choice?.WantsWeChat != false, choice?.WantsReminders != false, choice?.Quiet),
            read.Community.Notices.Quiet, await read.Db.MailServers.AnyAsync(s => s.IsOn, ct));
    }
}

/// <summary>Somebody has seen own notices.</summary>
public sealed class ReadNotices(Hub hub, LiveBus live)
{
    /// <param name="actor">Whose they are.</param>
    /// <param name="only">One of them; null for all.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, NoticeId? only = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        var unread = await work.Db.Notices.Where(n => n.VolunteerId == actor.Id && n.ReadAt == null && (only == null || n.Id == only)).ToListAsync(ct);
        foreach (var notice in unread) notice.Read(work.Now);
        if (unread.Count == 0) return Outcome.Done;
        await work.SaveAsync(null, ct);
        live.Announce(new NoticesTouched());
        return Outcome.Done;
    }
}

/// <summary>Somebody says how they want to be told.</summary>
public sealed class ChooseNotices(Hub hub, FieldProtector fields)
{
    /// <param name="actor">Who chooses for themselves.</param>
    /// <param name="choice">All of it, as the validator found it in order.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, NoticeChoiceView choice, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        var own = await work.Db.NoticeChoices.FirstOrDefaultAsync(c => c.VolunteerId == actor.Id, ct);
        if (own is null) work.Db.NoticeChoices.Add(own = new NoticeChoice(actor.Id));
        // What did not change stays as it is sealed: the audit tells of changes only.
        var email = fields.Reveal(own.Email) == choice.Email ? own.Email : fields.Protect(choice.Email);
        own.Choose(email, choice.WantsEmail, choice.WantsWeChat, choice.WantsReminders, choice.Quiet);
        return await work.SaveAsync(null, ct);
    }
}
