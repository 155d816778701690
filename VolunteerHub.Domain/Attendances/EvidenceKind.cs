namespace VolunteerHub.Domain.Attendances;

/// <summary>签到方式: how it is known that someone came or left. Kept for the way in and the way out apart.</summary>
public enum EvidenceKind
{
    RotatingQr,
    VolunteerCard,
    Kiosk,
    LeaderAttested,
    Buddy,
    StaticQr,
    PaperSheet,
    PolicyClosed,
    Backfilled,
}
