using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Volunteers.Privacy;

/// <summary>A part of a person's own data: a heading, and entries of named values.</summary>
public sealed record FileSection(string Title, IReadOnlyList<IReadOnlyList<FileValue>> Entries);

public sealed record FileValue(string Name, string Value);

/// <summary>All that the installation holds about a person, in clear.</summary>
public sealed record PersonalData(string Number, string Name, DateTimeOffset At, IReadOnlyList<FileSection> Sections);

/// <summary>
/// A person's own data (个人信息保护法 §45): for the person, signed in with a password; for who reads all, on behalf of the person.
/// Every file is noted in the audit.
/// </summary>
public sealed class PersonalFile(Hub hub, PersonalFileSections sections)
{
    public async Task<Outcome<PersonalData>> RunAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session || actor.Id != id && !work.Authority.ReadsAll) return work.Denied(this, id);
        if (await work.FileHolderAsync(id, ct) is not { } who) return new VolunteerNotFound();
        var data = new PersonalData(who.Number, who.Name, work.Now, await sections.OfAsync(work, who, ct));
        work.Note(AuditActions.Exported, nameof(Volunteer), who.Id.ToString(), about: who.Id);
        await work.SaveAsync(null, ct);
        return data;
    }
}

/// <summary>Whose data who reads all may write to a file on behalf of the person.</summary>
public sealed record FileHolder(string Name);

/// <summary>Asks before the file is written.</summary>
public sealed class PersonalFileRequest(Hub hub)
{
    public async Task<Outcome<FileHolder>> LoadAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.ReadsAll) return read.Denied(this, id);
        return await read.FileHolderAsync(id, ct) is { } who ? new FileHolder(who.Name) : new VolunteerNotFound();
    }
}
