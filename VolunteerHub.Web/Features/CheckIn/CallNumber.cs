using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.CheckIn;

/// <summary>The number of somebody on the roster, to call now: for who takes attendance, shown on a tap, and noted.</summary>
public sealed class CallNumber(Hub hub, PhoneProtector phones)
{
    /// <returns>The number as it is dialled.</returns>
    public async Task<Outcome<string>> RunAsync(Actor actor, RunId runId, VolunteerId volunteerId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = await work.AttendanceRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        if (!run.Value.Assignments.Any(a => a.VolunteerId == volunteerId && a.IsPublished)) return new NotOnRoster();
        var who = await work.Db.Volunteers.SingleAsync(v => v.Id == volunteerId, ct);
        if (who.Phone is not { } phone) return new FieldIsEmpty();
        work.NoteRevealed(nameof(Volunteer), who.Id.ToString(), PrivateField.Phone, who.Id);
        await work.SaveAsync(null, ct);
        return PhoneNumberReader.National(phones.Reveal(phone));
    }
}
