namespace VolunteerHub.Domain.Runs;

/// <summary>六送: the primary category of a run. A run may have none (矛盾调解, 环境整治).</summary>
public enum ServiceLine
{
    /// <summary>送政策</summary>
    Policy,

    /// <summary>送安全</summary>
    Safety,

    /// <summary>送健康</summary>
    Health,

    /// <summary>送法律</summary>
    Law,

    /// <summary>送关怀</summary>
    Care,

    /// <summary>送文化</summary>
    Culture,
}

/// <summary>五助: whom a run helps; a run may help several.</summary>
[Flags]
public enum HelpTargets
{
    None = 0,

    /// <summary>助老</summary>
    Elderly = 1,

    /// <summary>助学</summary>
    Students = 2,

    /// <summary>助残</summary>
    Disabled = 4,

    /// <summary>助医</summary>
    Patients = 8,

    /// <summary>助业</summary>
    Jobseekers = 16,
}

/// <summary>Beneficiary groups: tags of runs and requests beside the five kinds of help; never a case file.</summary>
[Flags]
public enum BeneficiaryGroups
{
    None = 0,

    /// <summary>就业家庭</summary>
    EmployedFamilies = 1,

    /// <summary>创业家庭</summary>
    StartUpFamilies = 2,

    /// <summary>户外劳动者</summary>
    OutdoorWorkers = 4,

    /// <summary>困难群众</summary>
    PeopleInNeed = 8,
}
