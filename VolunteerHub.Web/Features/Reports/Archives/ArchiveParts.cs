namespace VolunteerHub.Web.Features.Reports.Archives;

/// <summary>The five parts of a volunteer's record (民政部令第67号 §§5–10).</summary>
public enum ArchiveSheet
{
    Basics,
    Service,
    Training,
    Awards,
    Evaluations,
}

/// <summary>Columns of these parts; each part has its own.</summary>
public enum ArchiveColumn
{
    Number,
    Name,
    Sex,
    Phone,
    Political,
    Unit,
    Skills,
    Languages,
    Qualifications,
    Teams,
    JoinedOn,
    Status,
    TotalHours,
    Run,
    Day,
    Place,
    Content,
    ServiceHours,
    Organiser,
    InCharge,
    Note,
    Title,
    TrainingHours,
    TrainedBy,
    Issuer,
    Grade,
    Remark,
    EvaluatedBy,
    EvaluatedOn,
    Stars,
}

/// <summary>Whose records, of which days, and whether phone numbers are whole.</summary>
/// <param name="People">Whose.</param>
/// <param name="From">First day of service, training, award and evaluation; null from the beginning.</param>
/// <param name="Until">Last day; null until today.</param>
/// <param name="Phones">Whole phone numbers; else they are masked.</param>
internal sealed record ArchiveWish(IReadOnlyList<VolunteerId> People, DateOnly? From, DateOnly? Until, bool Phones)
{
    public bool Takes(DateOnly day) => (From is null || From <= day) && (Until is null || day <= Until);
}

internal static class ArchiveParts
{
    /// <summary>What is added up; a phone number is not.</summary>
    public static readonly ArchiveColumn[] Numbers = [ArchiveColumn.TotalHours, ArchiveColumn.ServiceHours, ArchiveColumn.TrainingHours];

    public static readonly IReadOnlyDictionary<ArchiveSheet, ArchiveColumn[]> Columns = new Dictionary<ArchiveSheet, ArchiveColumn[]>
    {
        [ArchiveSheet.Basics] =
        [
            ArchiveColumn.Number, ArchiveColumn.Name, ArchiveColumn.Sex, ArchiveColumn.Phone, ArchiveColumn.Political, ArchiveColumn.Unit, ArchiveColumn.Skills, ArchiveColumn.Languages,
            ArchiveColumn.Qualifications, ArchiveColumn.Teams, ArchiveColumn.JoinedOn, ArchiveColumn.Status, ArchiveColumn.TotalHours,
        ],
        // §7: name, date, place, content, service time in hours, organising unit, person in charge.
        [ArchiveSheet.Service] =
        [
            ArchiveColumn.Number, ArchiveColumn.Name, ArchiveColumn.Run, ArchiveColumn.Day, ArchiveColumn.Place, ArchiveColumn.Content, ArchiveColumn.ServiceHours, ArchiveColumn.Organiser, ArchiveColumn.InCharge, ArchiveColumn.Note,
        ],
        [ArchiveSheet.Training] = [ArchiveColumn.Number, ArchiveColumn.Name, ArchiveColumn.Title, ArchiveColumn.Day, ArchiveColumn.TrainingHours, ArchiveColumn.TrainedBy],
        [ArchiveSheet.Awards] = [ArchiveColumn.Number, ArchiveColumn.Name, ArchiveColumn.Title, ArchiveColumn.Day, ArchiveColumn.Issuer],
        [ArchiveSheet.Evaluations] =
        [
            ArchiveColumn.Number, ArchiveColumn.Name, ArchiveColumn.Run, ArchiveColumn.Day, ArchiveColumn.Grade, ArchiveColumn.Remark, ArchiveColumn.EvaluatedBy, ArchiveColumn.EvaluatedOn, ArchiveColumn.Stars, ArchiveColumn.Note,
        ],
    };
}
