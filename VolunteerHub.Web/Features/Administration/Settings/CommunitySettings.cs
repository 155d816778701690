using FluentValidation;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Administration.Settings;

/// <summary>Somebody else changed the settings since they were opened.</summary>
public sealed record SettingsChangedMeanwhile : Refusal;

/// <summary>The settings are not what can be kept: a value is out of its bounds.</summary>
public sealed record SettingsInvalid : Refusal;

/// <summary>The settings, and whether the viewer may change them.</summary>
public sealed record SettingsView(SettingsForm Settings, bool MayChange);

/// <summary>The settings: the coordinator's, and the auditor reads them.</summary>
public sealed class CommunitySettings(Hub hub)
{
    public async Task<Outcome<SettingsView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        return read.Authority.ReadsAll ? new SettingsView(SettingsForm.Of(read.Community), read.Authority.MayAdminister) : read.Denied(this);
    }
}

/// <summary>The coordinator changes settings. What they change to holds at once, on every screen.</summary>
public sealed class ChangeSettings(Hub hub, CurrentCommunity current, IValidator<SettingsForm> validator)
{
    /// <param name="actor">Who changes them.</param>
    /// <param name="form">All of them, as they shall be.</param>
    /// <param name="seen">All of them, as they were when they were opened.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, SettingsForm form, SettingsForm seen, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this);
        if (!(await validator.ValidateAsync(form, ct)).IsValid) return new SettingsInvalid();
        if (SettingsForm.Of(work.Community) != seen) return new SettingsChangedMeanwhile();
        form.ApplyTo(work.Community);
        await work.SaveAsync(null, ct);
        current.Use(work.Community);
        return Outcome.Done;
    }
}
