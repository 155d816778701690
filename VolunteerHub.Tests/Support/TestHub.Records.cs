using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>Records, as they are stored and as somebody sees them.</summary>
public sealed partial class TestHub
{
    /// <summary>All hours went the whole way: only what is final counts.</summary>
    public Task HoursAreFinalAsync() => ChangeAsync(db =>
    {
        foreach (var entry in db.HourEntries.ToList()) db.Entry(entry).Property(h => h.Status).CurrentValue = HourStatus.Final;
    });

    /// <summary>The record as it is stored, with all its entries.</summary>
    public Task<Volunteer> StoredAsync(VolunteerId id) => LookAsync(db => db.Volunteers.AsNoTracking()
        .Include(v => v.Qualifications).Include(v => v.Trainings).Include(v => v.Awards).Include(v => v.Tags).Include(v => v.Consents).SingleAsync(v => v.Id == id));

    public Task<Volunteer> StoredAsync(Volunteer who) => StoredAsync(who.Id);

    /// <summary>The record as the actor sees it.</summary>
    public async Task<RecordView> RecordAsync(Actor actor, VolunteerId id)
    {
        var loaded = await Get<VolunteerRecord>().LoadAsync(actor, id);
        return loaded.Value ?? throw new InvalidOperationException($"{loaded.Refusal}");
    }

    public ProtectedText Sealed(string text) => Get<FieldProtector>().Protect(text)!;

    /// <summary>Lines of the audit about somebody, of one action, oldest first: who, and what changed.</summary>
    public async Task<IReadOnlyList<(Guid By, string Changes)>> AuditAsync(VolunteerId about, string action) =>
        (await LookAsync(db => db.AuditLines.Where(l => l.About == about.Value && l.Action == action).OrderBy(l => l.Id).ToListAsync())).ConvertAll(l => (l.ActorId, l.Changes));
}
