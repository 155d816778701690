using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;

namespace VolunteerHub.Tests.Support;

/// <summary>Seats to ask the eligibility rules about.</summary>
public static class Seats
{
    public static Opening At(TimeSlot slot, string? qualification = null, string? language = null) =>
        new(RunId.New(), ShiftId.New(), PostId.New(), slot, qualification, language, The.HealthTeam, Weekend.Shanghai);
}
