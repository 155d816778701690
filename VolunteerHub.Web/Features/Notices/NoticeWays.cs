using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Notifications;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>The message to try it out did not arrive.</summary>
/// <param name="Why">Why not.</param>
public sealed record TestNotSent(DeliveryFailure Why) : Refusal;

/// <summary>What was typed cannot be kept.</summary>
public sealed record WayInvalid : Refusal;

/// <summary>A team, and whether its group has a robot.</summary>
public sealed record RobotView(TeamId Team, string Name, bool HasAddress, bool IsOn);

/// <summary>A kind of notice and how it is worded.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Text">As it is worded now.</param>
/// <param name="Usual">As it comes along.</param>
public sealed record WordingView(NoticeKind Kind, string Text, string Usual);

/// <summary>By which ways notices go out, and in which words.</summary>
/// <param name="Mail">The mail server, without its password.</param>
/// <param name="HasPassword">Whether a password is kept.</param>
/// <param name="Robots">Of each team.</param>
/// <param name="Wordings">Of each kind.</param>
/// <param name="HasAddress">Whether the site's own address is configured: without it mails carry no links.</param>
/// <param name="MayChange">Whether the viewer may change them.</param>
public sealed record NoticeWaysView(MailForm Mail, bool HasPassword, IReadOnlyList<RobotView> Robots, IReadOnlyList<WordingView> Wordings, bool HasAddress, bool MayChange);

/// <summary>Mail server, robots and wording: the coordinator's; the auditor reads them.</summary>
public sealed class NoticeWays(Hub hub, NoticeTexts words, PublicAddress address)
{
    public async Task<Outcome<NoticeWaysView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this);
        var server = await read.Db.MailServers.FirstOrDefaultAsync(ct);
        var robots = await read.Db.TeamRobots.ToDictionaryAsync(r => r.TeamId, ct);
        var teams = await read.Db.Teams.OrderBy(t => t.Order).ThenBy(t => t.Name).Select(t => new { t.Id, t.Name }).ToListAsync(ct);
        var reworded = await read.RewordedAsync(ct);
        return new NoticeWaysView(
            MailForm.Of(server), server?.Password is not null,
            [.. teams.Select(t => new RobotView(t.Id, t.Name, robots.GetValueOrDefault(t.Id)?.Webhook is not null, robots.GetValueOrDefault(t.Id)?.IsOn == true))],
            [.. Enum.GetValues<NoticeKind>().Select(k => new WordingView(k, reworded.GetValueOrDefault(k) ?? words.Usually(k), words.Usually(k)))],
            address.Configured is not null, read.Authority.MayAdminister);
    }
}

/// <summary>The coordinator sets up by which server mails are sent. A password that is not typed stays as it is.</summary>
public sealed class ReviseMailServer(Hub hub, FieldProtector fields, IValidator<MailForm> validator)
{
    public async Task<Outcome> RunAsync(Actor actor, MailForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        if (!(await validator.ValidateAsync(form, ct)).IsValid) return new WayInvalid();
        var server = await work.Db.MailServers.FirstOrDefaultAsync(ct);
        if (server is null) work.Db.MailServers.Add(server = new MailServer());
        form.ApplyTo(server, fields);
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>The coordinator has a mail sent to try the server out, as it is set up.</summary>
public sealed class SendTestMail(Hub hub, MailSender mails, CurrentCommunity community, IStringLocalizer<Texts> texts)
{
    /// <param name="actor">Who tries it.</param>
    /// <param name="to">The address; nobody keeps it.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Outcome> RunAsync(Actor actor, string to, CancellationToken ct = default)
    {
        MailServer? server;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            if (!read.Authority.MayAdminister) return read.Denied(this);
            server = await read.Db.MailServers.FirstOrDefaultAsync(ct);
        }

        if (!NoticeChoiceFormValidator.IsAddress(to)) return new WayInvalid();
        if (server is null) return new TestNotSent(DeliveryFailure.MailOff);
        await using var connection = mails.Connect(server, community.Name);
        var failure = await connection.SendAsync(new Mail(Guid.CreateVersion7().ToString(), to, "", texts["NoticeWays.TestSubject", community.Name], texts["NoticeWays.TestText", community.Name]), ct);
        return failure == DeliveryFailure.None ? Outcome.Done : new TestNotSent(failure);
    }
}

/// <summary>The coordinator gives a team's group its robot. An address that is not typed stays as it is.</summary>
public sealed class ReviseRobot(Hub hub, FieldProtector fields, IValidator<RobotForm> validator)
{
    public async Task<Outcome> RunAsync(Actor actor, TeamId team, RobotForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, team);
        if (!(await validator.ValidateAsync(form, ct)).IsValid) return new WayInvalid();
        var robot = await work.Db.TeamRobots.FirstOrDefaultAsync(r => r.TeamId == team, ct);
        if (robot is null) work.Db.TeamRobots.Add(robot = new TeamRobot(team));
        robot.Revise(form.Webhook.Trim().Length > 0 ? fields.Protect(form.Webhook) : robot.Webhook, form.IsOn);
        return await work.SaveAsync(null, ct);
    }
}

/// <summary>The coordinator has a robot say something, to try it out.</summary>
public sealed class TryRobot(Hub hub, RobotSender robots, FieldProtector fields, CurrentCommunity community, IStringLocalizer<Texts> texts)
{
    public async Task<Outcome> RunAsync(Actor actor, TeamId team, CancellationToken ct = default)
    {
        TeamRobot? robot;
        await using (var read = await hub.ReadAsync(actor, ct))
        {
            if (!read.Authority.MayAdminister) return read.Denied(this, team);
            robot = await read.Db.TeamRobots.FirstOrDefaultAsync(r => r.TeamId == team, ct);
        }

        if (fields.Reveal(robot?.Webhook) is not { } webhook) return new TestNotSent(DeliveryFailure.RobotRefused);
        var failure = await robots.SendAsync(webhook, texts["NoticeWays.TestText", community.Name], ct);
        return failure == DeliveryFailure.None ? Outcome.Done : new TestNotSent(failure);
    }
}

/// <summary>The coordinator words a kind of notice otherwise, or goes back to the words that come along.</summary>
public sealed class RewordNotice(Hub hub, NoticeTexts words, IValidator<WordingForm> validator)
{
    public async Task<Outcome> RunAsync(Actor actor, WordingForm form, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        if (!(await validator.ValidateAsync(form, ct)).IsValid) return new WayInvalid();
        var kept = await work.Db.NoticeTemplates.FirstOrDefaultAsync(t => t.Kind == form.Kind && t.Culture == form.Culture, ct);
        var text = form.Text.ReplaceLineEndings("\n").Trim();
        if (text == words.Usually(form.Kind, form.Culture))
        {
            if (kept is not null) work.Db.NoticeTemplates.Remove(kept);
        }
        else if (kept is null) work.Db.NoticeTemplates.Add(new NoticeTemplate(form.Kind, form.Culture, text));
        else kept.Reword(text);
        return await work.SaveAsync(null, ct);
    }
}
