"""A plan file of the whole city over many years, as its officers would write it (generated)."""

import random

WORDS = (
    "통합 지능형 CCTV 홈페이지 유지관리 챗봇 복지 스마트경로당 구축 고도화 시스템 운영 데이터 플랫폼 "
    "행정 민원 클라우드 전환 보안 관제 네트워크 장비 도입 교체 서버 정보화 빅데이터 분석 메타버스 서비스 "
    "모바일 앱 개발 공공와이파이 도서관 교통 안전 환경 동주민센터 컨설팅"
).split()
DISTRICTS = (
    "종로구 중구 용산구 성동구 광진구 동대문구 중랑구 성북구 강북구 도봉구 노원구 은평구 서대문구 마포구 "
    "양천구 강서구 구로구 금천구 영등포구 동작구 관악구 서초구 강남구 송파구 강동구"
).split()
BODIES = (
    "서울교통공사 서울시설공단 서울농수산식품공사 서울주택도시공사 서울에너지공사 서울물재생시설공단 서울의료원 "
    "서울연구원 서울경제진흥원 서울신용보증재단 세종문화회관 서울시여성가족재단 서울시복지재단 서울문화재단 "
    "서울시립교향악단 서울디자인재단 서울장학재단 서울시평생교육진흥원 서울디지털재단 120다산콜재단 서울관광재단"
).split()
KINDS = {"서울시": ["서울특별시"], "자치구": DISTRICTS, "투자·출연기관": BODIES}
TYPES = "시스템구축 유지관리 SW개발 컨설팅 DB구축 정보통신·정보보안".split() + [
    "HW 및 SW 도입", "교육 등 기타"]
TECHNOLOGIES = ["", "AI", "빅데이터", "IoT", "블록체인", "메타버스", "디지털트윈", "AI, 클라우드"]
TIMES = ["기발주", "1분기", "2분기", "3분기", "3월", "10월"]
METHODS = ["일반경쟁", "제한경쟁", "협상에 의한 계약", "수의계약"]
STATUSES = "계획 사전규격 공고 계약 완료 취소".split()
HEADER = (
    "사업번호,사업연도,기관구분,발주기관,담당부서,사업명,사업유형,신기술,사업비(원),발주시기,계약방법,상태,연락처")


def generate(path, rows):
    """Writes the same file for the same number of rows (seed 11)."""
    source = random.Random(11)
    number = source.random
    kinds = source.choices(list(KINDS), (29, 60, 11), k=rows)
    types = source.choices(TYPES, (7, 55, 6, 3, 2, 9, 13, 5), k=rows)
    technologies = source.choices(TECHNOLOGIES, (81, 5, 4, 3, 1, 1, 2, 3), k=rows)
    times = source.choices(TIMES, (41, 30, 11, 3, 10, 5), k=rows)
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        for row in range(rows):
            agencies = KINDS[kinds[row]]
            title = " ".join(WORDS[int(number() * len(WORDS))] for _ in range(5))
            technology = technologies[row]
            file.write(
                f"P{row:07d},{2009 + int(number() * 17)},{kinds[row]},"
                f"{agencies[int(number() * len(agencies))]},"
                f"정보화담당관{int(number() * 60):02d},{title},{types[row]},"
                f'{technology if "," not in technology else chr(34) + technology + chr(34)},'
                f"{(3 + int(number() * 8997)) * 1000000},{times[row]},"
                f"{METHODS[int(number() * 4)]},{STATUSES[int(number() * 6)]},"
                f"02-2133-{row % 10000:04d}\n")
