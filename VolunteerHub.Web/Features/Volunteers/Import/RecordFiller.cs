using System.Text.Json;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Volunteers.Import;

/// <summary>One field that an import filled: taking it back restores what was before only where nobody changed it since.</summary>
/// <param name="Field">Of the record.</param>
/// <param name="Set">What was set; of a list, what was added. Protected fields as ciphers.</param>
internal sealed record FieldChange(string Field, string Set);

/// <summary>What one row did to one record, for taking it back.</summary>
internal sealed record ImportTrace(IReadOnlyList<FieldChange> Changes, IReadOnlyList<Guid> Consents, IReadOnlyList<Guid> Memberships)
{
    public static ImportTrace Of(ImportedRow row) => JsonSerializer.Deserialize<ImportTrace>(row.Before!)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}

/// <summary>Makes records of rows, and fills in what records lack. What a record says already stays as it is.</summary>
internal sealed class RecordFiller(PhoneProtector phones, FieldProtector fields, ConsentWay consent, VolunteerId by, DateTimeOffset now, DateOnly today)
{
    public Volunteer Create(string number, ParsedRow row, bool withPhone)
    {
        var who = new Volunteer(number, row.Name, VolunteerKind.Member, null, row.JoinedOn ?? today);
        _ = Fill(who, withPhone ? row : row with { Phone = null });
        Agree(who);
        return who;
    }

    /// <returns>What was filled in.</returns>
    public IReadOnlyList<FieldChange> Fill(Volunteer who, ParsedRow row)
    {
        var changes = new List<FieldChange>();
        if (who.Phone is null && row.Phone is { } number)
        {
            who.SetPhone(phones.Protect(number));
            changes.Add(new(nameof(who.Phone), who.Phone!.Cipher));
        }

        var profile = who.Profile;
        profile = profile with
        {
            Sex = Missing(profile.Sex, row.Sex, nameof(profile.Sex)),
            Political = Missing(profile.Political, row.Political, nameof(profile.Political)),
            Ethnicity = profile.Ethnicity ?? Told(row.Ethnicity, nameof(profile.Ethnicity)),
            Unit = profile.Unit ?? Told(row.Unit, nameof(profile.Unit)),
            InsuredUntil = Missing(profile.InsuredUntil, row.InsuredUntil, nameof(profile.InsuredUntil)),
            Languages = Further(profile.Languages!, row.Languages, nameof(profile.Languages)),
            Skills = Further(profile.Skills!, row.Skills, nameof(profile.Skills)),
            InterestLines = Further(profile.InterestLines!, row.Lines, nameof(profile.InterestLines)),
            InterestHelps = Helps(profile.InterestHelps, row.Helps),
        };
        if (changes.Exists(c => c.Field != nameof(who.Phone))) who.Describe(profile);
        var data = who.PrivateData;
        who.Keep(data with
        {
            BornOn = data.BornOn ?? Sealed(fields.Protect(row.BornOn), nameof(data.BornOn)),
            Address = data.Address ?? Sealed(fields.Protect(row.Address), nameof(data.Address)),
            IdNumber = data.IdNumber ?? Sealed(fields.Protect(row.IdNumber), nameof(data.IdNumber)),
            EmergencyContact = data.EmergencyContact ?? Sealed(fields.Protect(row.EmergencyContact), nameof(data.EmergencyContact)),
            Guardian = data.Guardian ?? Sealed(fields.Protect(row.Guardian), nameof(data.Guardian)),
        });
        foreach (var tag in row.Tags.Where(who.Tag)) changes.Add(new(nameof(who.Tags), tag));
        return changes;

        T? Missing<T>(T? there, T? told, string field) where T : struct
        {
            if (there is null && told is not null) changes.Add(new(field, Shown(told.Value)));
            return there ?? told;
        }

        string? Told(string? told, string field)
        {
            if (told is not null) changes.Add(new(field, told));
            return told;
        }

        ProtectedText? Sealed(ProtectedText? told, string field)
        {
            if (told is not null) changes.Add(new(field, told.Cipher));
            return told;
        }

        IReadOnlyList<T> Further<T>(IReadOnlyList<T> there, IReadOnlyList<T> told, string field) where T : notnull
        {
            var further = told.Except(there).ToList();
            changes.AddRange(further.Select(item => new FieldChange(field, Shown(item))));
            return [.. there, .. further];
        }

        HelpTargets Helps(HelpTargets there, HelpTargets told)
        {
            if ((told & ~there) is not HelpTargets.None and var further) changes.Add(new(nameof(profile.InterestHelps), Shown(further)));
            return there | told;
        }
    }

    /// <summary>Notes that the person agreed, where that is not on record yet.</summary>
    /// <returns>Ids of the consents that are new.</returns>
    public IReadOnlyList<Guid> Agree(Volunteer who)
    {
        foreach (var purpose in new[] { ConsentPurpose.ServiceRecord, ConsentPurpose.Contact }) who.Agree(purpose, consent, by, now);
        return [.. who.Consents.Where(c => c.GivenAt == now && c.RecordedBy == by && c.Holds).Select(c => c.Id)];
    }

    /// <summary>Takes back what <see cref="Fill"/> did, as far as it still stands.</summary>
    public static void TakeBack(HubDbContext db, Volunteer who, ImportTrace trace)
    {
        foreach (var change in trace.Changes) TakeBack(who, change);
        foreach (var consent in who.Consents.Where(c => trace.Consents.Contains(c.Id)).ToList()) db.Remove(consent);
    }

    private static void TakeBack(Volunteer who, FieldChange change)
    {
        var (profile, data) = (who.Profile, who.PrivateData);
        switch (change.Field)
        {
            case nameof(who.Phone) when who.Phone?.Cipher == change.Set: who.SetPhone(null); break;
            case nameof(who.Tags): who.Untag(change.Set); break;
            case nameof(profile.Sex) when Is(profile.Sex): who.Describe(profile with { Sex = null }); break;
            case nameof(profile.Political) when Is(profile.Political): who.Describe(profile with { Political = null }); break;
            case nameof(profile.Ethnicity) when profile.Ethnicity == change.Set: who.Describe(profile with { Ethnicity = null }); break;
            case nameof(profile.Unit) when profile.Unit == change.Set: who.Describe(profile with { Unit = null }); break;
            case nameof(profile.InsuredUntil) when Is(profile.InsuredUntil): who.Describe(profile with { InsuredUntil = null }); break;
            case nameof(profile.Languages): who.Describe(profile with { Languages = [.. profile.Languages!.Where(l => l != change.Set)] }); break;
            case nameof(profile.Skills): who.Describe(profile with { Skills = [.. profile.Skills!.Where(s => s != change.Set)] }); break;
            case nameof(profile.InterestLines): who.Describe(profile with { InterestLines = [.. profile.InterestLines!.Where(l => Shown(l) != change.Set)] }); break;
            case nameof(profile.InterestHelps): who.Describe(profile with { InterestHelps = profile.InterestHelps & ~Enum.Parse<HelpTargets>(change.Set) }); break;
            case nameof(data.BornOn) when data.BornOn?.Cipher == change.Set: who.Keep(data with { BornOn = null }); break;
            case nameof(data.Address) when data.Address?.Cipher == change.Set: who.Keep(data with { Address = null }); break;
            case nameof(data.IdNumber) when data.IdNumber?.Cipher == change.Set: who.Keep(data with { IdNumber = null }); break;
            case nameof(data.EmergencyContact) when data.EmergencyContact?.Cipher == change.Set: who.Keep(data with { EmergencyContact = null }); break;
            case nameof(data.Guardian) when data.Guardian?.Cipher == change.Set: who.Keep(data with { Guardian = null }); break;
            default: break;
        }

        bool Is<T>(T? there) where T : struct => there is { } value && Shown(value) == change.Set;
    }

    private static string Shown<T>(T value) where T : notnull =>
        value is IFormattable formattable ? formattable.ToString(value is DateOnly ? "yyyy-MM-dd" : null, System.Globalization.CultureInfo.InvariantCulture) : value.ToString()!;
}
