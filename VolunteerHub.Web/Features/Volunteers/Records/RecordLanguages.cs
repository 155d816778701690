namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>Languages that a record offers to choose; others that people speak came by import.</summary>
public static class RecordLanguages
{
    public static readonly IReadOnlyList<string> All = ["mn", "en", "sgn", "ug", "yue", "hui"];
}
